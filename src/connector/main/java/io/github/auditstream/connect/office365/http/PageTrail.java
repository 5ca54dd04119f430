package io.github.auditstream.connect.office365.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a listing's pages come to no end: they go round in a circle, however long, which
 * remembering one of them shows (Brent's algorithm), or there are more than any window can have.
 * Not safe for many threads.
 */
public final class PageTrail {
  /** A page has some hundred entries, and a day of the largest tenants some hundred thousand. */
  public static final int MOST_PAGES = 10_000;

  private @Nullable URI remembered;
  private int pages;
  private long steps;
  private long stepsUntilNext = 1;

  /** Whether the listing comes to no end with this page. */
  public boolean comesBackWith(URI page) {
    pages++;
    if (page.equals(remembered) || pages > MOST_PAGES) {
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
