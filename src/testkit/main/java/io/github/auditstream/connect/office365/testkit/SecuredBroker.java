package io.github.auditstream.connect.office365.testkit;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker with an authorizer. Beside the plain listener, whose clients may do everything, it has
 * one over TLS on which users log in (SASL/PLAIN) who may do what {@link #acl} says, and nothing
 * else.
 */
public final class SecuredBroker implements AutoCloseable {
  private static final String LISTENER = "SECURE";
  private static final String PLAIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  private final BrokerProcess broker;
  private final int port;
  private final Path certificate;

  private SecuredBroker(BrokerProcess broker, int port, Path certificate) {
    this.broker = broker;
    this.port = port;
    this.certificate = certificate;
  }

  /**
   * What the broker proves itself with on {@code localhost}.
   *
   * @param keystore PKCS#12
   * @param password of the key store and of its key
   * @param certificate its certificate, PEM: whom clients are to trust
   */
  public record Keys(Path keystore, String password, Path certificate) {}

  /**
   * Starts it and waits until it serves.
   *
   * @param users their passwords are as {@link #password} says
   */
  public static SecuredBroker start(
      KafkaDistribution kafka,
      Path folder,
      List<String> jvmFlags,
      Keys keys,
      Collection<String> users) {
    AtomicInteger port = new AtomicInteger();
    BrokerProcess broker =
        BrokerProcess.start(
            kafka,
            folder,
            jvmFlags,
            settings -> {
              port.set(Ports.free());
              return secured(settings, port.get(), keys, users);
            });
    return new SecuredBroker(broker, port.get(), keys.certificate());
  }

  private static Map<String, String> secured(
      Map<String, String> settings, int port, Keys keys, Collection<String> users) {
    Map<String, String> secured = new LinkedHashMap<>(settings);
    String address = "," + LISTENER + "://localhost:" + port;
    secured.merge("listeners", address, String::concat);
    secured.merge("advertised.listeners", address, String::concat);
    secured.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT," + LISTENER + ":SASL_SSL");
    secured.put("inter.broker.listener.name", "PLAINTEXT");
    secured.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    secured.put("super.users", "User:ANONYMOUS");
    String own = "listener.name.secure.";
    secured.put(own + "ssl.keystore.type", "PKCS12");
    secured.put(own + "ssl.keystore.location", keys.keystore().toAbsolutePath().toString());
    secured.put(own + "ssl.keystore.password", keys.password());
    secured.put(own + "ssl.key.password", keys.password());
    secured.put(own + "sasl.enabled.mechanisms", "PLAIN");
    secured.put(
        own + "plain.sasl.jaas.config",
        users.stream()
            .map(user -> " user_%s=\"%s\"".formatted(user, password(user)))
            .collect(Collectors.joining("", PLAIN, ";")));
    return secured;
  }

  private static String password(String user) {
    return user + "-secret";
  }

  /** The same broker by its plain listener, where everything is allowed. */
  public BrokerProcess broker() {
    return broker;
  }

  /** What a client is configured with to log in as a user. */
  public Map<String, String> clientSettings(String user) {
    return Map.of(
        "bootstrap.servers",
        "localhost:" + port,
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        PLAIN + " username=\"%s\" password=\"%s\";".formatted(user, password(user)),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        certificate.toAbsolutePath().toString());
  }

  /** Allows or denies a user operations on resources whose names are or begin so. */
  public void acl(
      String user,
      AclPermissionType permission,
      ResourceType type,
      PatternType pattern,
      String name,
      AclOperation... operations) {
    List<AclBinding> bindings =
        List.of(operations).stream()
            .map(
                operation ->
                    new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry("User:" + user, "*", operation, permission)))
            .toList();
    try (Admin admin = broker.admin()) {
      admin.createAcls(bindings).all().get();
    } catch (ExecutionException e) {
      throw new StackException("The broker refuses an ACL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while setting an ACL", e);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
