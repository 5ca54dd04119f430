package io.github.auditstream.connect.office365.transforms;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lets audit events pass, or drops them, by workload, record type, operation and user.
 *
 * <p>An event passes if it is in every list of those to include that is set, and in none of those
 * to exclude. Events are taken as Struct, as the map that a converter without schemas makes, and as
 * JSON text behind {@link RestoreEvent}. What is no audit event passes as it is: null values,
 * receipts, status records and dead letters; drop these with Kafka's {@code Filter} and a
 * predicate.
 *
 * <p>An instance serves one task and is not thread-safe.
 */
public final class FilterEvents<R extends ConnectRecord<R>> extends AuditTransform<R> {

  private final Clock clock;
  private List<Lists> filters = List.of();

  /**
   * The lists that a property is held against.
   *
   * @param include says whether a value is in one of the lists to include; null if none is set
   * @param exclude says the same of the lists to exclude
   */
  private record Lists(
      String property, @Nullable Predicate<String> include, @Nullable Predicate<String> exclude) {

    boolean pass(EventProperties event) {
      String text = event.text(property);
      return text == null
          ? include == null
          : (include == null || include.test(text)) && (exclude == null || !exclude.test(text));
    }
  }

  /** Called by Connect. */
  public FilterEvents() {
    this(Clock.systemUTC());
  }

  FilterEvents(Clock clock) {
    super(FilterConfig.DEFINITION);
    this.clock = clock;
  }

  @Override
  public void configure(Map<String, ?> configs) {
    FilterConfig config = new FilterConfig(configs);
    filters =
        Stream.of(
                lists(AuditEvents.WORKLOAD, key -> names(config, FilterConfig.WORKLOADS + key)),
                lists(
                    AuditEvents.RECORD_TYPE, key -> types(config, FilterConfig.RECORD_TYPES + key)),
                lists(AuditEvents.OPERATION, key -> names(config, FilterConfig.OPERATIONS + key)),
                lists(AuditEvents.USER_ID, key -> users(config, FilterConfig.USERS + key)))
            .filter(lists -> lists.include() != null || lists.exclude() != null)
            .toList();
  }

  private static Lists lists(String property, Function<String, @Nullable Predicate<String>> ofKey) {
    return new Lists(
        property, ofKey.apply(FilterConfig.INCLUDE), ofKey.apply(FilterConfig.EXCLUDE));
  }

  @Override
  public @Nullable R apply(R record) {
    EventProperties event = EventProperties.of(record.value());
    return event == null || passes(event) ? record : null;
  }

  private boolean passes(EventProperties event) {
    for (Lists lists : filters) {
      if (!lists.pass(event)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Predicate<String> names(FilterConfig config, String key) {
    List<String> names = config.getList(key);
    return names.isEmpty() ? null : new Names(names)::have;
  }

  private static @Nullable Predicate<String> types(FilterConfig config, String key) {
    Set<Integer> numbers = new HashSet<>();
    config.getList(key).forEach(text -> numbers.addAll(RecordTypes.numbers(text)));
    return numbers.isEmpty() ? null : text -> numbers.contains(RecordTypes.number(text));
  }

  private @Nullable Predicate<String> users(FilterConfig config, String key) {
    Predicate<String> names = names(config, key);
    String path = config.getString(key + FilterConfig.FILE);
    if (path.isBlank()) {
      return names;
    }
    Duration interval = Duration.ofMillis(config.getLong(FilterConfig.FILE_CHECK_MS));
    UserFile file = new UserFile(key + FilterConfig.FILE, path, clock, interval);
    Predicate<String> users = user -> file.users().have(user);
    return names == null ? users : names.or(users);
  }
}
