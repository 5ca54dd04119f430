package io.github.auditstream.connect.office365.preflight;

import java.time.Duration;
import java.util.List;

/** How much of the content is listed. */
public enum Depth {
  /** One page of the last hour: enough to be refused. */
  SHORT,
  /** The last hour, and the last day if there is nothing: to find the newest content. */
  NEWEST;

  /** How far back to list, one after the other until there is something. */
  List<Duration> windows() {
    return switch (this) {
      case SHORT -> List.of(Duration.ofHours(1));
      case NEWEST -> List.of(Duration.ofHours(1), Duration.ofHours(24));
    };
  }

  /** Of each window. */
  int mostPages() {
    return switch (this) {
      case SHORT -> 1;
      case NEWEST -> 50;
    };
  }
}
