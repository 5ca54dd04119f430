package io.github.auditstream.connect.office365.simulator.graph;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** The events of a blob as a search finds them. Immutable. */
public interface AuditEvents {

  int size();

  /** None of the events happened before. */
  Instant earliest();

  /** None of the events happened later. */
  Instant latest();

  /** When an event happened, in whole seconds. */
  Instant creationTime(int index);

  /** An event's Id, by which it is known from another delivery; made up where it has none. */
  String id(int index);

  /** What a search can ask an event for. Uses of one event have the same object. */
  EventFacts facts(int index);

  /** Writes the event as Graph does. */
  void writeRecord(int index, ByteArrayOutputStream out);
}
