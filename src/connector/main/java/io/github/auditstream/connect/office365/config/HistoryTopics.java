package io.github.auditstream.connect.office365.config;

/**
 * Names of the history's topics.
 *
 * @param prefix what the workload topics start with
 * @param deadLetter the dead letters' topic, which the live connector has too
 * @param status the live connector's status topic, for its gaps
 * @param ledger the ledger's topic
 */
public record HistoryTopics(String prefix, String deadLetter, String status, String ledger) {}
