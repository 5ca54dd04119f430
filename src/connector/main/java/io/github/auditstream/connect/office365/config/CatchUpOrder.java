package io.github.auditstream.connect.office365.config;

/** In which order a feed takes a backlog. */
public enum CatchUpOrder {
  OLDEST_FIRST,
  NEWEST_FIRST
}
