package io.github.auditstream.connect.office365.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A program's options: {@code --name value}, {@code --name=value} and {@code --flag}. */
final class Arguments {
  private final Map<String, List<String>> values;

  private Arguments(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Takes the options apart.
   *
   * @param valued names of options that take a value
   * @param flags names of options that take none
   * @throws ToolException if there is anything else
   */
  static Arguments parse(String[] args, Set<String> valued, Set<String> flags) {
    return parse(args, valued, flags, "");
  }

  /**
   * The same with one argument that has no name.
   *
   * @param unnamed what it is found under; empty text for none
   */
  static Arguments parse(String[] args, Set<String> valued, Set<String> flags, String unnamed) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i++) {
      boolean plain = !unnamed.isEmpty() && !args[i].startsWith("--");
      if (plain && !values.containsKey(unnamed)) {
        values.put(unnamed, List.of(args[i]));
        continue;
      }
      int equals = args[i].startsWith("--") ? args[i].indexOf('=') : -1;
      String name = equals < 0 ? args[i] : args[i].substring(0, equals);
      List<String> given = values.computeIfAbsent(name, unused -> new ArrayList<>());
      if (flags.contains(name) && equals < 0) {
        given.add("");
      } else if (!valued.contains(name)) {
        throw new ToolException(args[i] + " is not an option; --help lists them");
      } else if (equals >= 0) {
        given.add(args[i].substring(equals + 1));
      } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
        given.add(args[++i]);
      } else {
        throw new ToolException(name + " needs a value; --help says which");
      }
    }
    return new Arguments(values);
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The value given last. */
  Optional<String> find(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  String require(String name) {
    return find(name)
        .orElseThrow(() -> new ToolException(name + " is missing; --help says what it is"));
  }
}
