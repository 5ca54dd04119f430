package io.github.auditstream.connect.office365.transforms;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys of {@link ToEcs}. */
final class EcsConfig extends TransformConfig {

  static final String OUTPUT = "output";
  static final String AUDIT = "include.audit";
  static final String ORIGINAL = "include.original";
  static final String DATASET = "dataset";
  static final String AS_MAP = "map";
  static final String AS_JSON = "json";

  private static final String GROUP = "Document";

  static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              OUTPUT,
              ConfigDef.Type.STRING,
              AS_MAP,
              ConfigDef.ValidString.in(AS_MAP, AS_JSON),
              Importance.HIGH,
              "What the value becomes. map: a map without schema, which sinks for Elasticsearch,"
                  + " OpenSearch and Splunk take as a document. json: the document's text, for sinks"
                  + " that write strings.",
              GROUP,
              1,
              Width.SHORT,
              "Output")
          .define(
              AUDIT,
              ConfigDef.Type.BOOLEAN,
              true,
              Importance.MEDIUM,
              "Whether the whole event, as the API wrote it, goes below o365.audit. Give that field"
                  + " the type flattened: its properties are hundreds, and of changing types.",
              GROUP,
              2,
              Width.SHORT,
              "Event as object")
          .define(
              ORIGINAL,
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.MEDIUM,
              "Whether the event's JSON text goes into event.original.",
              GROUP,
              3,
              Width.SHORT,
              "Event as text")
          .define(
              DATASET,
              ConfigDef.Type.STRING,
              "o365.audit",
              new ConfigDef.NonEmptyString(),
              Importance.LOW,
              "The value of event.dataset.",
              GROUP,
              4,
              Width.MEDIUM,
              "Dataset");

  EcsConfig(Map<String, ?> configs) {
    super(DEFINITION, configs);
  }
}
