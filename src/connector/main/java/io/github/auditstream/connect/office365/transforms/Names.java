package io.github.auditstream.connect.office365.transforms;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A list of names, compared without regard to case, some with {@code *} for any characters. A name
 * without a star costs one look-up, however many there are. Immutable.
 */
final class Names {

  private final Set<String> exact = new HashSet<>();
  private final List<Glob> globs = new ArrayList<>();

  Names(Collection<String> names) {
    for (String name : names) {
      if (name.indexOf(Glob.STAR) < 0) {
        exact.add(name.toLowerCase(Locale.ROOT));
      } else {
        globs.add(Glob.of(name));
      }
    }
  }

  int size() {
    return exact.size() + globs.size();
  }

  /** Whether one of them is, or matches, the text. */
  boolean have(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    if (exact.contains(lowerCase)) {
      return true;
    }
    for (Glob glob : globs) {
      if (glob.matches(lowerCase)) {
        return true;
      }
    }
    return false;
  }
}
