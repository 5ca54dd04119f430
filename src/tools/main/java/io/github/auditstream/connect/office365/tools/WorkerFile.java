package io.github.auditstream.connect.office365.tools;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
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
          "The worker's properties file " + file + " cannot be read (" + name(e) + ")", e);
    }
    Map<String, String> properties = new LinkedHashMap<>();
    read.stringPropertyNames()
        .forEach(name -> properties.put(name, read.getProperty(name).strip()));
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
        ConfigProvider provider = instance(className, ConfigProvider.class, key + ".class");
        configure(provider, key, below(properties, key + ".param."));
        providers.put(alias.strip(), provider);
      }
    }
    return providers;
  }

  private static void configure(ConfigProvider provider, String key, Map<String, String> params) {
    try {
      provider.configure(params);
    } catch (RuntimeException e) {
      throw new ToolException(
          key
              + " cannot be set up here with its param settings ("
              + name(e)
              + "): are the paths there on this machine, too?",
          e);
    }
  }

  /** The same settings with their placeholders resolved. */
  Map<String, String> resolved(Map<String, String> settings) {
    try {
      return transformer.transform(settings).data();
    } catch (KafkaException | IllegalArgumentException e) {
      throw new ToolException(
          "A placeholder cannot be resolved here with the config.providers of "
              + file
              + " ("
              + name(e)
              + "): are its files and variables there for this user?",
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
    Map<String, String> all =
        resolved(name -> isConsumers(name) || isConsumers(without(CONSUMER, name)));
    Map<String, Object> settings = new HashMap<>();
    all.forEach(
        (name, value) -> {
          if (!name.startsWith(CONSUMER)) {
            settings.put(name, value);
          }
        });
    settings.putAll(below(all, CONSUMER));
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

  private static String without(String prefix, String name) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  static Map<String, String> below(Map<String, String> settings, String prefix) {
    Map<String, String> below = new LinkedHashMap<>();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            below.put(name.substring(prefix.length()), value);
          }
        });
    return below;
  }

  /**
   * A new object of a class that a configuration names.
   *
   * @param key for the message
   */
  static <T> T instance(String className, Class<T> type, String key) {
    try {
      return Class.forName(className).asSubclass(type).getDeclaredConstructor().newInstance();
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      throw new ToolException(
          key + " is " + className + ", which is not on the class path: add its jars to -cp", e);
    } catch (InvocationTargetException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | ClassCastException e) {
      throw new ToolException(
          key + " is " + className + ", which cannot be used (" + name(e) + ")", e);
    }
  }

  static String name(Throwable fault) {
    return fault.getClass().getSimpleName();
  }
}
