package io.github.auditstream.connect.office365.tools;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * A Connect worker's properties file: where Kafka is, how to prove oneself to it, and which
 * converters wrote the records. Placeholders such as <code>${file:/path:key}</code> are resolved by
 * the file's own {@code config.providers}, and only where the value is needed.
 */
final class WorkerFile {
  private static final String CONSUMER = "consumer.";
  private static final String PROVIDERS = "config.providers";

  private final Path file;
  private final Map<String, String> properties;
  private final ConfigTransformer transformer;

  private WorkerFile(
      Path file, Map<String, String> properties, Map<String, ConfigProvider> providers) {
    this.file = file;
    this.properties = properties;
    this.transformer = new ConfigTransformer(providers);
  }

  static WorkerFile read(Path file) {
    Properties read = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      read.load(text);
    } catch (IOException | IllegalArgumentException e) {
      throw new ToolException(
          "The worker's properties file %s cannot be read (%s)".formatted(file, name(e)), e);
    }
    Map<String, String> properties = new LinkedHashMap<>();
    read.forEach((name, value) -> properties.put(name.toString(), value.toString().strip()));
    return new WorkerFile(file, properties, providers(properties));
  }

  /** No file: Kafka's own providers under their usual names, without any settings. */
  static WorkerFile none() {
    Map<String, ConfigProvider> providers =
        Map.of(
            "file", new FileConfigProvider(),
            "dir", new DirectoryConfigProvider(),
            "directory", new DirectoryConfigProvider(),
            "env", new EnvVarConfigProvider());
    providers.values().forEach(provider -> provider.configure(Map.of()));
    return new WorkerFile(Path.of("no file"), Map.of(), providers);
  }

  private static Map<String, ConfigProvider> providers(Map<String, String> properties) {
    Map<String, ConfigProvider> providers = new HashMap<>();
    for (String alias : properties.getOrDefault(PROVIDERS, "").split(",", -1)) {
      String key = PROVIDERS + "." + alias.strip();
      String className = properties.get(key + ".class");
      if (className != null) {
        providers.put(
            alias.strip(),
            configured(
                className,
                ConfigProvider.class,
                key + ".class",
                provider -> provider.configure(below(properties, key + ".param."))));
      }
    }
    return providers;
  }

  /** The same settings with their placeholders resolved. */
  Map<String, String> resolved(Map<String, String> settings) {
    try {
      return transformer.transform(settings).data();
    } catch (KafkaException | IllegalArgumentException e) {
      throw new ToolException(
          ("A placeholder cannot be resolved here with the config.providers of %s (%s): are"
                  + " its files and variables there for this user?")
              .formatted(file, name(e)),
          e);
    }
  }

  /** Those of the file's settings whose names are wanted, with placeholders resolved. */
  Map<String, String> resolved(Predicate<String> wanted) {
    Map<String, String> some = new LinkedHashMap<>(properties);
    some.keySet().removeIf(name -> !wanted.test(name));
    return resolved(some);
  }

  /** What a consumer needs to read what the worker writes: {@code consumer.} settings win. */
  Map<String, Object> consumerSettings() {
    Map<String, Object> settings = new HashMap<>(resolved(WorkerFile::isConsumers));
    settings.putAll(
        below(
            resolved(
                name ->
                    name.startsWith(CONSUMER) && isConsumers(name.substring(CONSUMER.length()))),
            CONSUMER));
    if (!settings.containsKey(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
      throw new ToolException(
          file + " has no bootstrap.servers: is it a worker's properties file?");
    }
    return settings;
  }

  private static boolean isConsumers(String name) {
    return ConsumerConfig.configNames().contains(name)
        && !name.equals(ConsumerConfig.GROUP_ID_CONFIG)
        && !name.equals(ConsumerConfig.CLIENT_ID_CONFIG);
  }

  /** The settings whose names begin with the prefix, without it. */
  static Map<String, String> below(Map<String, String> settings, String prefix) {
    return settings.entrySet().stream()
        .filter(setting -> setting.getKey().startsWith(prefix))
        .collect(
            toMap(setting -> setting.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  /**
   * A new object of a class that a configuration names.
   *
   * @param key for the message
   */
  static <T> T configured(String className, Class<T> type, String key, Consumer<T> configuring) {
    try {
      T made = Class.forName(className).asSubclass(type).getDeclaredConstructor().newInstance();
      configuring.accept(made);
      return made;
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      throw new ToolException(
          "%s is %s, which is not on the class path: add its jars to -cp".formatted(key, className),
          e);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw new ToolException(
          ("%s is %s, which cannot be set up here with its settings (%s): are the files that"
                  + " they name there on this machine, too?")
              .formatted(key, className, name(e)),
          e);
    }
  }

  static String name(Throwable failure) {
    return failure.getClass().getSimpleName();
  }
}
