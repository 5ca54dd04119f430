package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A broker with Kafka's own authorizer. On one listener users log in (SASL/PLAIN) and may do what
 * ACLs allow them and nothing else; on the other, {@link #broker()}'s, everybody may do everything.
 * It logs each decision. Safe for many threads.
 */
public final class AuthorizedBroker implements AutoCloseable {
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";
  private static final String LOG_DECISIONS =
      "-Dorg.slf4j.simpleLogger.log.kafka.authorizer.logger=debug";

  private final BrokerProcess broker;
  private final String bootstrapServers;

  private AuthorizedBroker(BrokerProcess broker, String bootstrapServers) {
    this.broker = broker;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts it under {@code folder} and waits until it serves.
   *
   * @param users each is their own password
   */
  public static AuthorizedBroker start(
      KafkaDistribution kafka, Path folder, List<String> jvmFlags, List<String> users) {
    List<String> flags = new ArrayList<>(jvmFlags);
    flags.add(LOG_DECISIONS);
    int[] port = new int[1];
    BrokerProcess broker =
        BrokerProcess.start(
            kafka,
            folder,
            flags,
            settings -> {
              port[0] = Ports.free();
              return withUsers(settings, port[0], users);
            });
    return new AuthorizedBroker(broker, "localhost:" + port[0]);
  }

  private static Map<String, String> withUsers(
      Map<String, String> settings, int port, List<String> users) {
    String listener = ",USERS://localhost:" + port;
    StringBuilder login = new StringBuilder(LOGIN);
    users.forEach(user -> login.append(" user_%s=\"%s\"".formatted(user, user)));
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.compute("listeners", (key, listeners) -> listeners + listener);
    all.compute("advertised.listeners", (key, listeners) -> listeners + listener);
    all.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,USERS:SASL_PLAINTEXT");
    all.put("inter.broker.listener.name", "PLAINTEXT");
    all.put("listener.name.users.sasl.enabled.mechanisms", "PLAIN");
    all.put("listener.name.users.plain.sasl.jaas.config", login + ";");
    all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    all.put("super.users", "User:ANONYMOUS");
    return all;
  }

  /** What a client has to be set up with to be that user. */
  public static Map<String, String> login(String user) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN + " username=\"%s\" password=\"%s\";".formatted(user, user));
  }

  /** The broker as those see it who may do everything. */
  public BrokerProcess broker() {
    return broker;
  }

  /** For {@code bootstrap.servers} of those who have to log in. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** What the authorizer has decided on a user so far, in the words of its log. */
  public List<String> decisions(String user) {
    try (Stream<String> lines = Files.lines(broker.log())) {
      return lines.filter(line -> line.contains("Principal = User:" + user + " is ")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + broker.log(), e);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
