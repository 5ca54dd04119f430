package io.github.auditstream.connect.office365.status.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A metric of one feed, tenant or connector, read whenever somebody looks.
 *
 * @param tags what it is of, without connector and task, which the worker adds; in the order of
 *     {@link Metric.Scope#tags()}
 * @param value quick, and safe for many threads; NaN where it is unknown
 */
public record Reading(Metric metric, LinkedHashMap<String, String> tags, Supplier<Number> value) {

  /** Of the connector. */
  public static Reading of(Metric metric, Supplier<Number> value) {
    return new Reading(metric, new LinkedHashMap<>(), value);
  }

  /** With a further tag. */
  public Reading tagged(String name, String tagValue) {
    LinkedHashMap<String, String> more = new LinkedHashMap<>(tags);
    more.put(name, tagValue);
    return new Reading(metric, more, value);
  }

  /** All tags, connector and task included. */
  Map<String, String> tagsWithin(Map<String, String> plugin) {
    Map<String, String> all = new LinkedHashMap<>(plugin);
    all.putAll(tags);
    return all;
  }
}
