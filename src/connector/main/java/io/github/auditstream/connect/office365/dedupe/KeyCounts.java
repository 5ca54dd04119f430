package io.github.auditstream.connect.office365.dedupe;

/**
 * How many keys there were of each kind. All texts of a topic have one form, unless its converter
 * was changed.
 *
 * @param plain texts as StringConverter writes them
 * @param json texts as JsonConverter writes them
 * @param registry texts in Avro, Protobuf or JSON Schema, as converters with a registry write them
 * @param none records without key
 * @param unreadable keys that are no text, or that have more than one reading
 */
public record KeyCounts(long plain, long json, long registry, long none, long unreadable) {
  /** All of them. */
  public long total() {
    return plain + json + registry + none + unreadable;
  }
}
