package io.github.auditstream.connect.office365.simulator;

/** What a token opens: one of the two APIs, each at a host of its own. */
enum Resource {
  /** The Management Activity API. */
  MANAGEMENT,
  /** Microsoft Graph. */
  GRAPH
}
