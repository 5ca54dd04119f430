package io.github.auditstream.connect.office365.transforms;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The keys of {@link FilterEvents}. */
final class FilterConfig extends TransformConfig {

  static final String WORKLOADS = "workloads";
  static final String RECORD_TYPES = "record.types";
  static final String OPERATIONS = "operations";
  static final String USERS = "users";
  static final String INCLUDE = ".include";
  static final String EXCLUDE = ".exclude";
  static final String FILE = ".file";
  static final String FILE_CHECK_MS = "users.file.check.ms";

  private static final BetweenKeys SOMETHING = FilterConfig::ensureSomething;

  static final ConfigDef DEFINITION = definition();

  private static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    lists(definition, WORKLOADS, "Workload", "workload, for example Exchange or SharePoint,");
    lists(
        definition,
        RECORD_TYPES,
        "Record type",
        "record type, by its number or by Microsoft's name, for example 15 or"
            + " AzureActiveDirectoryStsLogon,");
    lists(
        definition, OPERATIONS, "Operation", "operation, for example FileDownloaded or *-Mailbox,");
    lists(
        definition,
        USERS,
        "User",
        "user, which is the event's UserId, for example *@contoso.example,");
    file(definition, INCLUDE, "lets pass", 3, "File of users to let pass");
    file(definition, EXCLUDE, "drops", 4, "File of users to drop");
    return definition.define(
        FILE_CHECK_MS,
        ConfigDef.Type.LONG,
        10_000L,
        ConfigDef.Range.atLeast(0),
        Importance.LOW,
        "How often, in milliseconds, it is looked whether a file of users has changed. Between"
            + " two looks the file is not touched; after a look it is read only if its time,"
            + " its size or the file itself is another.",
        "User",
        5,
        Width.SHORT,
        "Look for changed files every");
  }

  FilterConfig(Map<String, ?> configs) {
    super(DEFINITION, configs);
    SOMETHING.ensureValid(WORKLOADS + INCLUDE, values());
  }

  private static void ensureSomething(String key, Map<String, ? extends @Nullable Object> values) {
    List<String> filters =
        DEFINITION.names().stream().filter(name -> !name.equals(FILE_CHECK_MS)).sorted().toList();
    if (filters.stream().map(values::get).allMatch(FilterConfig::isEmpty)) {
      throw new ConfigException(
          key,
          List.of(),
          "FilterEvents has nothing to filter by. Set at least one of "
              + String.join(", ", filters));
    }
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null || value.equals(List.of()) || value.equals("");
  }

  private static void ensureRecordTypes(String key, @Nullable Object value) {
    ensureNonBlank(key, value);
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (RecordTypes.numbers(element.toString()).isEmpty()) {
          throw new ConfigException(
              key,
              value,
              "has "
                  + element
                  + ", which is not a record type that this version knows by name. Write it as"
                  + " Microsoft does, for example ExchangeItem, or give its number");
        }
      }
    }
  }

  private static void lists(ConfigDef definition, String key, String group, String what) {
    boolean ofTypes = key.equals(RECORD_TYPES);
    ConfigDef.Validator validator =
        ofTypes
            ? ConfigDef.LambdaValidator.with(
                FilterConfig::ensureRecordTypes, () -> "a list of record types")
            : NON_BLANK;
    String how =
        ofTypes
            ? " In names, * matches any characters; case does not count. A record type that"
                + " Microsoft has not documented is given by its number."
            : " * matches any characters; case does not count.";
    definition
        .define(
            key + INCLUDE,
            ConfigDef.Type.LIST,
            List.of(),
            validator,
            Importance.HIGH,
            "Only events whose "
                + what
                + " is in this list pass; an event that has none does not. Empty: any passes."
                + how,
            group,
            1,
            Width.LONG,
            group + "s to let pass",
            // The rule between all keys is the first one's, though it is about any of them.
            key.equals(WORKLOADS) ? SOMETHING : null)
        .define(
            key + EXCLUDE,
            ConfigDef.Type.LIST,
            List.of(),
            validator,
            Importance.HIGH,
            "Events whose "
                + what
                + " is in this list are dropped, whatever else lets them pass."
                + how,
            group,
            2,
            Width.LONG,
            group + "s to drop");
  }

  private static void file(
      ConfigDef definition, String list, String does, int order, String displayName) {
    definition.define(
        USERS + list + FILE,
        ConfigDef.Type.STRING,
        "",
        UserFile.USABLE,
        Importance.MEDIUM,
        "A file on the worker with the users that the filter "
            + does
            + ", beside those of users"
            + list
            + ": one a line, in UTF-8, with * as there; lines that begin with # do not count. It is"
            + " read again when it has changed. A file that is missing, cannot be read or lists nobody"
            + " is an error where the configuration is validated and where a task starts; later the users"
            + " that were read last stay, and the worker's log says so.",
        "User",
        order,
        Width.LONG,
        displayName);
  }
}
