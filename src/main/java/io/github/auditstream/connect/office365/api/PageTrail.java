package io.github.auditstream.connect.office365.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a listing's pages go round in a circle, however long, by remembering one of them
 * (Brent's algorithm). Not safe for many threads.
 */
final class PageTrail {
  private @Nullable URI remembered;
  private long steps;
  private long stepsUntilNext = 1;

  /** Whether the listing has come back to a page that was read before. */
  boolean comesBackWith(URI page) {
    if (page.equals(remembered)) {
      return true;
    }
    steps++;
    if (steps == stepsUntilNext) {
      remembered = page;
      steps = 0;
      stepsUntilNext *= 2;
    }
    return false;
  }
}
