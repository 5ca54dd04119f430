package io.github.auditstream.connect.office365.config;

/** How events are known that are in the topics already. */
public enum Deduplicate {
  /** By the keys of the event topics. */
  TOPICS,
  NONE
}
