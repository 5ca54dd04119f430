package io.github.auditstream.connect.office365.simulator;

/** Blobs that are being published as time goes on. */
public interface LiveFeed extends AutoCloseable {

  /** How many blobs it has published so far. */
  long published();

  /** Stops it. No blob is published after this has returned. */
  @Override
  void close();
}
