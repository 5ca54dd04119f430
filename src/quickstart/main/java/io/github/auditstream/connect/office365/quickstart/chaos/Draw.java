package io.github.auditstream.connect.office365.quickstart.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chance that a seed decides. For one thread. */
final class Draw {
  private final Random random;

  Draw(long seed) {
    this.random = new Random(seed);
  }

  /** From 0 to below the limit. */
  int below(int limit) {
    return random.nextInt(limit);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  long seed() {
    return random.nextLong();
  }

  /** More often short than long: the square of an even draw. */
  Duration between(Duration shortest, Duration longest) {
    double share = random.nextDouble();
    return shortest.plusMillis((long) (longest.minus(shortest).toMillis() * share * share));
  }

  <T> T oneOf(List<T> all) {
    return all.get(below(all.size()));
  }

  <T> List<T> shuffled(List<T> all) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
