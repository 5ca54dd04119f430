package io.github.auditstream.connect.office365.transforms;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
  private Names workloadsIn = Names.NONE;
  private Names workloadsOut = Names.NONE;
  private Set<Integer> recordTypesIn = Set.of();
  private Set<Integer> recordTypesOut = Set.of();
  private Names operationsIn = Names.NONE;
  private Names operationsOut = Names.NONE;
  private Names usersIn = Names.NONE;
  private Names usersOut = Names.NONE;
  private @Nullable UserFile usersInFile;
  private @Nullable UserFile usersOutFile;

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
    workloadsIn = names(config, FilterConfig.WORKLOADS + FilterConfig.INCLUDE);
    workloadsOut = names(config, FilterConfig.WORKLOADS + FilterConfig.EXCLUDE);
    recordTypesIn = recordTypes(config, FilterConfig.RECORD_TYPES + FilterConfig.INCLUDE);
    recordTypesOut = recordTypes(config, FilterConfig.RECORD_TYPES + FilterConfig.EXCLUDE);
    operationsIn = names(config, FilterConfig.OPERATIONS + FilterConfig.INCLUDE);
    operationsOut = names(config, FilterConfig.OPERATIONS + FilterConfig.EXCLUDE);
    usersIn = names(config, FilterConfig.USERS + FilterConfig.INCLUDE);
    usersOut = names(config, FilterConfig.USERS + FilterConfig.EXCLUDE);
    usersInFile = file(config, FilterConfig.USERS + FilterConfig.INCLUDE + FilterConfig.FILE);
    usersOutFile = file(config, FilterConfig.USERS + FilterConfig.EXCLUDE + FilterConfig.FILE);
  }

  @Override
  public @Nullable R apply(R record) {
    EventProperties event = EventProperties.of(record.value());
    return event == null || passes(event) ? record : null;
  }

  private boolean passes(EventProperties event) {
    return passes(event.text(AuditEvents.WORKLOAD), workloadsIn, workloadsOut)
        && passesByRecordType(event)
        && passes(event.text(AuditEvents.OPERATION), operationsIn, operationsOut)
        && passesByUser(event);
  }

  private static boolean passes(@Nullable String text, Names in, Names out) {
    if (text == null) {
      return in.isEmpty();
    }
    return (in.isEmpty() || in.have(text)) && !out.have(text);
  }

  private boolean passesByRecordType(EventProperties event) {
    if (recordTypesIn.isEmpty() && recordTypesOut.isEmpty()) {
      return true;
    }
    String text = event.text(AuditEvents.RECORD_TYPE);
    Integer number = text == null ? null : RecordTypes.number(text);
    if (number == null) {
      return recordTypesIn.isEmpty();
    }
    return (recordTypesIn.isEmpty() || recordTypesIn.contains(number))
        && !recordTypesOut.contains(number);
  }

  private boolean passesByUser(EventProperties event) {
    String user = event.text(AuditEvents.USER_ID);
    boolean anyoneIn = usersIn.isEmpty() && usersInFile == null;
    if (user == null) {
      return anyoneIn;
    }
    boolean in =
        anyoneIn || usersIn.have(user) || (usersInFile != null && usersInFile.users().have(user));
    return in && !usersOut.have(user) && !(usersOutFile != null && usersOutFile.users().have(user));
  }

  private static Names names(FilterConfig config, String key) {
    return new Names(config.getList(key));
  }

  private static Set<Integer> recordTypes(FilterConfig config, String key) {
    Set<Integer> numbers = new HashSet<>();
    config.getList(key).forEach(text -> numbers.addAll(RecordTypes.numbers(text)));
    return numbers;
  }

  private @Nullable UserFile file(FilterConfig config, String key) {
    String path = config.getString(key);
    return path.isBlank()
        ? null
        : new UserFile(
            key, path, clock, Duration.ofMillis(config.getLong(FilterConfig.FILE_CHECK_MS)));
  }
}
