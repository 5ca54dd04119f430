package io.github.auditstream.connect.office365.transforms;

import io.github.auditstream.connect.office365.config.Placeholder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The keys of {@link MaskFields}. */
final class MaskConfig extends TransformConfig {

  static final String FIELDS = "fields";
  static final String PRESETS = "presets";
  static final String ACTION = "action";
  static final String HASH_KEY = "hash.key";
  static final String REPLACEMENT = "replacement";

  private static final String HASH = "hash";
  private static final String REMOVE = "remove";
  private static final String REPLACE = "replace";
  private static final int LEAST_KEY_CHARS = 16;
  private static final String GROUP = "Masking";

  static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              PRESETS,
              ConfigDef.Type.LIST,
              List.of(),
              ConfigDef.LambdaValidator.with(
                  MaskConfig::ensurePresets, () -> "any of " + MaskPreset.names()),
              Importance.HIGH,
              "Lists of fields that come with the transform: dlp for the detected sensitive values"
                  + " in DLP events, addresses for the addresses that people came from, users for"
                  + " who did it and whom it was done to. The fields of each are in the"
                  + " documentation. They are masked beside those of fields.",
              GROUP,
              1,
              Width.MEDIUM,
              "Presets")
          .define(
              FIELDS,
              ConfigDef.Type.LIST,
              List.of(),
              NON_BLANK,
              Importance.HIGH,
              "Paths of the fields to mask: names with dots between them, for example"
                  + " Item.Subject. A path goes through structs, maps and arrays, through the JSON"
                  + " text in AdditionalProperties and through texts that are JSON themselves, such"
                  + " as the Data of an alert. * matches any one name, ** for any number of"
                  + " names; a backslash takes the meaning from a dot; case does not count.",
              GROUP,
              2,
              Width.LONG,
              "Fields",
              (BetweenKeys) MaskConfig::ensurePaths)
          .define(
              ACTION,
              ConfigDef.Type.STRING,
              REMOVE,
              ConfigDef.ValidString.in(REMOVE, HASH, REPLACE),
              Importance.HIGH,
              "What becomes of them. remove: the field is null, or empty where its schema wants a"
                  + " value; without schema it is left out. hash: a text becomes its HMAC-SHA-256"
                  + " under hash.key, in hexadecimal. replace: a text becomes the replacement."
                  + " With hash and replace each text in an object or array is masked by itself,"
                  + " and a number or boolean is removed, since it cannot hold either.",
              GROUP,
              3,
              Width.SHORT,
              "Action")
          .define(
              HASH_KEY,
              ConfigDef.Type.PASSWORD,
              null,
              Importance.HIGH,
              "The key of the hashes, of at least 16 characters; needed for the action hash. Equal"
                  + " texts have equal hashes under one key, so that what a user did can still be"
                  + " put together. Who has the key can try out names and addresses: keep it with"
                  + " a config provider, and away from those who read the hashes.",
              GROUP,
              4,
              Width.MEDIUM,
              "Key of the hashes",
              (BetweenKeys) MaskConfig::ensureHashKey)
          .define(
              REPLACEMENT,
              ConfigDef.Type.STRING,
              "***",
              Importance.LOW,
              "What texts become with the action replace.",
              GROUP,
              5,
              Width.SHORT,
              "Replacement");

  MaskConfig(Map<String, ?> configs) {
    super(DEFINITION, configs);
    ensurePaths(FIELDS, values());
    ensureHashKey(HASH_KEY, values());
  }

  private static void ensurePresets(String name, @Nullable Object value) {
    if (value instanceof List<?> list && !MaskPreset.names().containsAll(list)) {
      throw new ConfigException(name, value, "must be any of " + MaskPreset.names());
    }
  }

  private static void ensurePaths(String name, Map<String, ? extends @Nullable Object> values) {
    if (!texts(values.get(FIELDS)).contains("")) {
      compile(name, values);
    }
  }

  private static void ensureHashKey(String name, Map<String, ? extends @Nullable Object> values) {
    if (!HASH.equals(values.get(ACTION))) {
      return;
    }
    String key = values.get(HASH_KEY) instanceof Password password ? password.value() : null;
    if (key == null || key.strip().length() < LEAST_KEY_CHARS) {
      throw new ConfigException(
          name,
          Password.HIDDEN,
          "%s: the action %s needs a key of at least %s characters, better 32 random ones, from a config provider"
              .formatted(key == null ? "is missing" : "is too short", HASH, LEAST_KEY_CHARS));
    }
    if (Placeholder.is(key)) {
      throw new ConfigException(name, Password.HIDDEN, Placeholder.REASON + ": " + Placeholder.FIX);
    }
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(text -> String.valueOf(text).strip()).toList()
        : List.of();
  }

  private static FieldPaths.State compile(
      String name, Map<String, ? extends @Nullable Object> values) {
    List<String> fields = texts(values.get(FIELDS));
    List<String> presets = texts(values.get(PRESETS));
    if (fields.isEmpty() && presets.isEmpty()) {
      throw new ConfigException(
          name,
          fields,
          "MaskFields has nothing to mask. Set " + FIELDS + ", or " + PRESETS + ", or both");
    }
    List<String> paths = new ArrayList<>(fields);
    for (MaskPreset preset : MaskPreset.values()) {
      if (presets.contains(preset.name().toLowerCase(Locale.ROOT))) {
        paths.addAll(preset.paths());
      }
    }
    try {
      return FieldPaths.compile(paths, ValueMasker.PASSED_OVER);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(name, fields, String.valueOf(e.getMessage()));
    }
  }

  /** Where the way down a value begins. */
  FieldPaths.State paths() {
    return compile(FIELDS, values());
  }

  Mask mask() {
    return switch (getString(ACTION)) {
      case HASH -> new Mask.Hash(getPassword(HASH_KEY).value());
      case REPLACE -> new Mask.Replace(getString(REPLACEMENT));
      default -> new Mask.Remove();
    };
  }
}
