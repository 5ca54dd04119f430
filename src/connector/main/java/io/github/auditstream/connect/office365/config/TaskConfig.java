package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.ContentType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * Turns a connector's configuration into that of one task, and back into typed settings.
 *
 * <p>A task's configuration has its settings under the very keys of the connector's: when Connect
 * stores it, it puts the config provider's placeholder back under each key that had one ({@code
 * AbstractHerder.reverseTransform}), so that a resolved secret is not written to the config topic.
 */
public final class TaskConfig {
  private static final String FEEDS = "task.feeds";
  private static final String SHARES = "task.requests.per.minute";
  private static final String INDEX = "task.index";
  static final String NAME = "name";

  /** The worker's, not ours: it decides which records the task's producer takes. */
  static final String MAX_REQUEST_SIZE = "producer.override.max.request.size";

  /** Kafka's default of the producer's {@code max.request.size}. */
  private static final long DEFAULT_MAX_REQUEST_BYTES = 1_048_576;

  private TaskConfig() {}

  /**
   * The configuration of one task: what it needs and no more. Equal arguments give an equal map.
   *
   * @param connectorProps the connector's configuration, valid
   * @param feeds this task's feeds, at least one, of tenants in the configuration
   * @param requestsPerMinuteShares this task's share of the requests per minute of each of its
   *     tenants, by alias, at least 1
   * @param taskIndex the task's number, from 0
   * @throws IllegalArgumentException if there are no feeds, or a tenant has no share
   */
  public static Map<String, String> forTask(
      Map<String, String> connectorProps,
      Collection<FeedKey> feeds,
      Map<String, Integer> requestsPerMinuteShares,
      int taskIndex) {
    if (feeds.isEmpty()) {
      throw new IllegalArgumentException("a task needs at least one feed");
    }
    Values values = new Values(connectorProps, new ConfigErrors());
    List<String> aliases = aliases(feeds);
    List<String> keys = new ArrayList<>(Definition.SOURCE.sharedKeys());
    keys.add(NAME);
    keys.add(MAX_REQUEST_SIZE);
    aliases.forEach(alias -> keys.addAll(keysOf(alias, values)));

    Map<String, String> task = new TreeMap<>();
    for (String key : keys) {
      String value = connectorProps.get(key);
      if (value != null) {
        task.put(key, value);
      }
    }
    task.put(FEEDS, feeds.stream().map(FeedKey::toString).collect(Collectors.joining(",")));
    task.put(
        SHARES,
        aliases.stream()
            .map(alias -> alias + ":" + share(alias, requestsPerMinuteShares))
            .collect(Collectors.joining(",")));
    task.put(INDEX, Integer.toString(taskIndex));
    return task;
  }

  private static int share(String alias, Map<String, Integer> shares) {
    Integer share = shares.get(alias);
    if (share == null || share < 1) {
      throw new IllegalArgumentException("no requests per minute for the tenant " + alias);
    }
    return share;
  }

  static List<String> keysOf(String alias, Values values) {
    List<String> keys = new ArrayList<>();
    TenantKeys.ALL
        .keys()
        .filter(key -> !key.equals(TenantKeys.REQUESTS_PER_MINUTE.key()))
        .forEach(key -> keys.add(values.keyInUse(alias, key)));
    String prefix = new CredentialReader(values).prefix(alias);
    CredentialKeys.ALL.keys().forEach(key -> keys.add(prefix + key));
    return keys;
  }

  /**
   * Reads what {@link #forTask} wrote.
   *
   * @throws ConfigException naming the key to change
   */
  public static TaskSettings parse(Map<String, String> taskProps) {
    List<FeedKey> feeds = feeds(text(taskProps, FEEDS));
    Map<String, Integer> shares = shares(text(taskProps, SHARES));
    int index = number(INDEX, text(taskProps, INDEX));

    ConfigErrors errors = new ConfigErrors();
    Values values = new Values(taskProps, errors);
    TenantReader reader = new TenantReader(values);
    List<TenantSettings> tenants = new ArrayList<>();
    for (String alias : aliases(feeds)) {
      reader
          .read(alias, isNamed(taskProps, alias))
          .map(tenant -> sharing(tenant, shares))
          .ifPresent(tenants::add);
    }
    List<ContentType> contentTypes = feeds.stream().map(FeedKey::contentType).distinct().toList();
    ConnectorSettings common = new CommonReader(values).read(tenants, contentTypes);
    errors.throwIfAny();
    return new TaskSettings(
        Optional.ofNullable(taskProps.get(NAME)).orElse(""),
        index,
        common,
        feeds,
        maxRequestBytes(taskProps));
  }

  /** A value that is no number is the producer's to refuse. */
  static long maxRequestBytes(Map<String, String> taskProps) {
    String text = taskProps.get(MAX_REQUEST_SIZE);
    try {
      return text == null ? DEFAULT_MAX_REQUEST_BYTES : Long.parseLong(text.trim());
    } catch (NumberFormatException e) {
      return DEFAULT_MAX_REQUEST_BYTES;
    }
  }

  private static TenantSettings sharing(TenantSettings tenant, Map<String, Integer> shares) {
    return new TenantSettings(
        tenant.alias(),
        tenant.tenantId(),
        tenant.clientId(),
        tenant.credential(),
        tenant.publisherId(),
        shares.getOrDefault(tenant.alias(), 1));
  }

  /**
   * The credential that a configuration gives a tenant now; for secrets that were rotated.
   *
   * @param props a connector's or a task's configuration, with resolved config providers
   * @param alias the tenant's
   * @throws ConfigException naming the key to change
   */
  public static Credential credential(Map<String, String> props, String alias) {
    ConfigErrors errors = new ConfigErrors();
    Values values = new Values(props, errors);
    String own = TenantKeys.ofAlias(alias, "");
    Optional<Credential> credential =
        new CredentialReader(values).read(alias, isNamed(props, alias) ? own : "");
    errors.throwIfAny();
    return credential.orElseThrow(
        () -> new ConfigException("the tenant " + alias + " has no credential"));
  }

  /** Whether the tenant has keys of its own; the single one without alias has none. */
  static boolean isNamed(Map<String, String> props, String alias) {
    String own = TenantKeys.ofAlias(alias, "");
    return props.keySet().stream().anyMatch(key -> key.startsWith(own));
  }

  private static List<String> aliases(Collection<FeedKey> feeds) {
    return feeds.stream().map(FeedKey::tenantAlias).distinct().toList();
  }

  private static List<FeedKey> feeds(String text) {
    List<FeedKey> feeds = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      int colon = item.indexOf(':');
      Optional<ContentType> type = ContentType.find(item.substring(colon + 1));
      if (colon < 1 || type.isEmpty()) {
        throw unreadable(FEEDS);
      }
      feeds.add(new FeedKey(item.substring(0, colon), type.get()));
    }
    return feeds;
  }

  private static Map<String, Integer> shares(String text) {
    Map<String, Integer> shares = new LinkedHashMap<>();
    for (String item : text.split(",", -1)) {
      int colon = item.indexOf(':');
      if (colon < 1) {
        throw unreadable(SHARES);
      }
      shares.put(item.substring(0, colon), number(SHARES, item.substring(colon + 1)));
    }
    return shares;
  }

  static int number(String key, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw unreadable(key);
    }
  }

  static String text(Map<String, String> props, String key) {
    String text = props.get(key);
    if (text == null) {
      throw unreadable(key);
    }
    return text;
  }

  private static ConfigException unreadable(String key) {
    return new ConfigException(
        key
            + " is not as the connector writes it: restart the connector, so that it makes the"
            + " tasks' configurations anew.");
  }
}
