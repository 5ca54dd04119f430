package io.github.auditstream.connect.office365.event;

import java.io.InterruptedIOException;

/**
 * Says when a blob's reader may hold an element that is large. What is not large is held without
 * asking.
 */
public interface LargeElements {

  /** Each whenever it likes. */
  LargeElements ANY =
      new LargeElements() {
        @Override
        public void enter() {}

        @Override
        public void leave() {}

        @Override
        public boolean isOverdue() {
          return false;
        }
      };

  /**
   * Waits until a large element may be held. Called once before each {@link #leave()}.
   *
   * @throws InterruptedIOException if the thread is interrupted meanwhile; its flag is set again
   */
  void enter() throws InterruptedIOException;

  /** The element is no longer held, or whoever took it has made room for it. */
  void leave();

  /** Whether whoever was let in has gathered the element for longer than the others can wait. */
  boolean isOverdue();
}
