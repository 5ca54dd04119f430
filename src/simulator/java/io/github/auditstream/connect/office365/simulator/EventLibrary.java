package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.config.ContentType;

/** Where the events of generated blobs come from. Implementations are thread-safe. */
public interface EventLibrary {

  /** The events of a content type; always the same object for the same content type. */
  EventPool poolFor(ContentType contentType);
}
