package io.github.auditstream.connect.office365;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Holds classes against rooms that each may use some of those below. */
public final class Layers {
  private Layers() {}

  /**
   * Fails where a class is in no room, or uses one of a room that its own may not use.
   *
   * @param rooms each with those that it may use
   * @param label what a failure calls a room, never empty
   * @param packages a room's packages, as ArchUnit writes them
   */
  public static void check(
      JavaClasses classes,
      Map<String, Set<String>> rooms,
      UnaryOperator<String> label,
      UnaryOperator<String> packages) {
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture();
    for (String room : rooms.keySet()) {
      layers = layers.layer(label.apply(room)).definedBy(packages.apply(room));
    }
    for (Map.Entry<String, Set<String>> room : rooms.entrySet()) {
      String[] below = room.getValue().stream().map(label).toArray(String[]::new);
      layers =
          below.length == 0
              ? layers.whereLayer(label.apply(room.getKey())).mayNotAccessAnyLayer()
              : layers.whereLayer(label.apply(room.getKey())).mayOnlyAccessLayers(below);
    }
    layers.check(classes);
  }
}
