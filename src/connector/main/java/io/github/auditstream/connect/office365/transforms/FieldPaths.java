package io.github.auditstream.connect.office365.transforms;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Paths to fields, made into one automaton, so that going down a value costs one look-up a name
 * however many paths there are.
 *
 * <p>A path is names with dots between them. A star matches any one name, two stars any number of
 * names, none among them; a backslash takes the meaning from the dot behind it. Case does not
 * count. Elements of arrays have the path of their array.
 */
final class FieldPaths {

  private static final String ONE = "*";
  private static final String ANY_NUMBER = "**";
  private static final int MAX_STATES = 20_000;

  private final List<List<String>> paths = new ArrayList<>();
  private final Set<String> names = new TreeSet<>();
  private final Map<Set<Place>, State> states = new HashMap<>();
  private final Deque<Map.Entry<Set<Place>, State>> open = new ArrayDeque<>();

  /** How far one of the paths has been gone. */
  private record Place(int path, int segment) {}

  /** Where the way down a value has come to. */
  static final class State {
    private final Map<String, State> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final boolean hit;
    private final boolean dead;
    private State other = this;

    private State(boolean hit, boolean dead) {
      this.hit = hit;
      this.dead = dead;
    }

    /** Whether a path ends here. */
    boolean hit() {
      return hit;
    }

    /** Whether neither this nor anything below it is on a path. */
    boolean dead() {
      return dead;
    }

    /** The state below, at a field or property of this name. */
    State next(String name) {
      State next = named.get(name);
      return next == null ? other : next;
    }
  }

  private FieldPaths() {}

  /**
   * The state at the top of a value.
   *
   * @param transparent names that a path passes over where another name follows them
   * @throws IllegalArgumentException if a path has an empty name or the paths are too entangled
   */
  static State compile(Collection<String> paths, Set<String> transparent) {
    return new FieldPaths().start(paths, transparent);
  }

  private State start(Collection<String> texts, Set<String> transparent) {
    Set<Place> first = new HashSet<>();
    for (String text : texts) {
      List<String> segments = segments(text);
      List<String> last = segments.subList(segments.size() - 1, segments.size());
      List<String> path = new ArrayList<>(segments.subList(0, segments.size() - 1));
      path.removeIf(name -> transparent.stream().anyMatch(name::equalsIgnoreCase));
      path.addAll(last);
      for (String segment : path) {
        if (!segment.equals(ONE) && !segment.equals(ANY_NUMBER)) {
          names.add(segment.toLowerCase(Locale.ROOT));
        }
      }
      add(first, new Place(paths.size(), 0), path);
      paths.add(path);
    }
    State start = state(first);
    while (!open.isEmpty()) {
      Map.Entry<Set<Place>, State> each = open.pop();
      connect(each.getKey(), each.getValue());
    }
    return start;
  }

  private static void add(Set<Place> places, Place place, List<String> path) {
    places.add(place);
    if (place.segment() < path.size() && path.get(place.segment()).equals(ANY_NUMBER)) {
      add(places, new Place(place.path(), place.segment() + 1), path);
    }
  }

  private State state(Set<Place> places) {
    State known = states.get(places);
    if (known != null) {
      return known;
    }
    if (states.size() == MAX_STATES) {
      throw new IllegalArgumentException(
          "these paths have too many combinations; use fewer ** in them");
    }
    boolean hit =
        places.stream().anyMatch(place -> place.segment() == paths.get(place.path()).size());
    State state = new State(hit, places.isEmpty());
    states.put(places, state);
    open.push(Map.entry(places, state));
    return state;
  }

  private void connect(Set<Place> places, State state) {
    state.other = state(after(places, ""));
    for (String name : names) {
      State next = state(after(places, name));
      if (next != state.other) {
        state.named.put(name, next);
      }
    }
  }

  private Set<Place> after(Set<Place> places, String name) {
    Set<Place> after = new HashSet<>();
    for (Place place : places) {
      List<String> path = paths.get(place.path());
      if (place.segment() == path.size()) {
        continue;
      }
      String segment = path.get(place.segment());
      if (segment.equals(ANY_NUMBER)) {
        add(after, place, path);
      } else if (segment.equals(ONE) || segment.equalsIgnoreCase(name)) {
        add(after, new Place(place.path(), place.segment() + 1), path);
      }
    }
    return after;
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char unit = path.charAt(i);
      if (unit == '\\' && i + 1 < path.length()) {
        segment.append(path.charAt(++i));
      } else if (unit == '.') {
        segments.add(segment.toString());
        segment.setLength(0);
      } else {
        segment.append(unit);
      }
    }
    segments.add(segment.toString());
    if (segments.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("the path " + path + " has an empty name");
    }
    if (segments.get(segments.size() - 1).equals(ANY_NUMBER)) {
      throw new IllegalArgumentException(
          "the path " + path + " ends in **, which names no field; end it in a name or in *");
    }
    return segments;
  }
}
