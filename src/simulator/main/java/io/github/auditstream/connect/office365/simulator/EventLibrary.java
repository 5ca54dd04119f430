package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.util.Set;

/** Where the events of generated blobs come from. Thread-safe. */
public sealed interface EventLibrary permits GeneratedEvents, FileEvents {

  /** The content types that it has events for. */
  Set<ContentType> contentTypes();

  /**
   * The events of a content type; always the same object for the same content type.
   *
   * @throws IllegalArgumentException if it has none
   */
  EventPool poolFor(ContentType contentType);
}
