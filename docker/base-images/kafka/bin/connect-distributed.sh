#!/usr/bin/env bash
exec "${BASH_SOURCE[0]%/*}/run-class" org.apache.kafka.connect.cli.ConnectDistributed "$@"
