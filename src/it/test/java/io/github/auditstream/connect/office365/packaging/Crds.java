package io.github.auditstream.connect.office365.packaging;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Strimzi's CRDs, made from Strimzi's classes by Strimzi's own generator, as Strimzi does it for a
 * release.
 */
final class Crds {
  private static final String API_VERSION = "v1";
  private static final long PATIENCE_SECONDS = 180;
  private static final Map<String, String> CLASSES =
      Map.of(
          "KafkaConnect", "io.strimzi.api.kafka.model.connect.KafkaConnect",
          "KafkaConnector", "io.strimzi.api.kafka.model.connector.KafkaConnector",
          "KafkaUser", "io.strimzi.api.kafka.model.user.KafkaUser");

  private final Map<String, StructuralSchema> schemas;

  private Crds(Map<String, StructuralSchema> schemas) {
    this.schemas = schemas;
  }

  /**
   * Makes them.
   *
   * @param folder takes them
   */
  static Crds generate(Path folder) throws IOException, InterruptedException {
    Path libraries = Repository.file("target/strimzi");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(
        String.join(
            File.pathSeparator,
            libraries.resolve("api.jar").toString(),
            libraries.resolve("kubernetes-model-core.jar").toString(),
            libraries.resolve("crd-generator.jar").toString()));
    command.addAll(List.of("io.strimzi.crdgenerator.CrdGenerator", "--yaml"));
    CLASSES.forEach((kind, type) -> command.add(type + "=" + folder.resolve(kind + ".yaml")));
    Path log = folder.resolve("generator.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("Strimzi's CRD generator failed: " + Files.readString(log));
      }
    } finally {
      process.destroyForcibly();
    }
    Map<String, StructuralSchema> schemas = new HashMap<>();
    for (String kind : CLASSES.keySet()) {
      schemas.put(kind, schema(Yaml.document(Files.readString(folder.resolve(kind + ".yaml")))));
    }
    return new Crds(schemas);
  }

  private static StructuralSchema schema(Map<?, ?> crd) {
    for (Object version : (List<?>) Yaml.at(crd, "spec", "versions")) {
      if (Yaml.at(version, "name").equals(API_VERSION)) {
        return new StructuralSchema((Map<?, ?>) Yaml.at(version, "schema", "openAPIV3Schema"));
      }
    }
    throw new AssertionError("The CRD has no version " + API_VERSION);
  }

  /** Whether it is a resource of these. */
  boolean know(Map<?, ?> resource) {
    return schemas.containsKey(String.valueOf(resource.get("kind")));
  }

  StructuralSchema of(String kind) {
    return Objects.requireNonNull(schemas.get(kind), kind);
  }

  StructuralSchema of(Map<?, ?> resource) {
    if (!("kafka.strimzi.io/" + API_VERSION).equals(resource.get("apiVersion"))) {
      throw new AssertionError("apiVersion " + resource.get("apiVersion"));
    }
    return of(String.valueOf(resource.get("kind")));
  }
}
