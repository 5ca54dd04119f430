package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;

/**
 * Turns a history connector's configuration into that of one task, and back into typed settings.
 * Like {@link TaskConfig} it keeps every setting under the connector's own key, so that Connect
 * stores a config provider's placeholder and not the secret.
 */
public final class HistoryTaskConfig {
  private static final String TENANTS = "task.tenants";
  private static final String INDEX = "task.index";
  private static final String IMPORTS = "task.imports";

  private HistoryTaskConfig() {}

  /**
   * One task's settings.
   *
   * @param connectorName as the user gave it; empty text if Connect gave none
   * @param index the task's number, from 0
   * @param settings the connector's, with this task's tenants only, and with the folder of export
   *     files only if this task reads it
   * @param maxRequestBytes the largest request that the task's producer sends
   */
  public record Task(
      String connectorName, int index, HistorySettings settings, long maxRequestBytes) {}

  /**
   * The configuration of one task. Equal arguments give an equal map.
   *
   * @param connectorProps the connector's configuration, valid
   * @param aliases this task's tenants; may be none for a task that reads export files only
   * @param index the task's number, from 0; the first one reads the export files
   */
  public static Map<String, String> forTask(
      Map<String, String> connectorProps, List<String> aliases, int index) {
    Values values = new Values(connectorProps, new ConfigErrors());
    List<String> keys = new ArrayList<>(Definition.HISTORY.sharedKeys());
    keys.add(TaskConfig.NAME);
    keys.add(TaskConfig.MAX_REQUEST_SIZE);
    connectorProps.keySet().stream()
        .filter(key -> key.startsWith(HistoryKeys.KAFKA))
        .forEach(keys::add);
    aliases.forEach(alias -> keys.addAll(TaskConfig.keysOf(alias, values)));
    Map<String, String> task = new TreeMap<>();
    for (String key : keys) {
      String value = connectorProps.get(key);
      if (value != null) {
        task.put(key, value);
      }
    }
    task.put(TENANTS, String.join(",", aliases));
    task.put(INDEX, Integer.toString(index));
    task.put(IMPORTS, Boolean.toString(index == 0));
    return task;
  }

  /**
   * Reads what {@link #forTask} wrote.
   *
   * @throws ConfigException naming the key to change
   */
  public static Task parse(Map<String, String> taskProps) {
    String aliases = TaskConfig.text(taskProps, TENANTS);
    int index = TaskConfig.number(INDEX, TaskConfig.text(taskProps, INDEX));
    boolean imports = Boolean.parseBoolean(TaskConfig.text(taskProps, IMPORTS));
    ConfigErrors errors = new ConfigErrors();
    Values values = new Values(taskProps, errors);
    TenantReader reader = new TenantReader(values);
    List<TenantSettings> tenants = new ArrayList<>();
    for (String alias : aliases.isEmpty() ? List.<String>of() : List.of(aliases.split(",", -1))) {
      reader.read(alias, TaskConfig.isNamed(taskProps, alias)).ifPresent(tenants::add);
    }
    HistorySettings settings = new HistoryReader(values).read(tenants);
    errors.throwIfAny();
    return new Task(
        Optional.ofNullable(taskProps.get(TaskConfig.NAME)).orElse(""),
        index,
        imports ? settings : settings.withoutImports(),
        TaskConfig.maxRequestBytes(taskProps));
  }
}
