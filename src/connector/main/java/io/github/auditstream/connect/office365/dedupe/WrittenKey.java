package io.github.auditstream.connect.office365.dedupe;

/** What a record's key or a header's value is, as far as its bytes say. */
sealed interface WrittenKey {

  /** In which form a converter has written a text. */
  enum Form {
    /** UTF-8 alone: StringConverter, SimpleHeaderConverter. */
    PLAIN,
    /** JsonConverter, with and without schemas. */
    JSON,
    /** A registry's framing, or none, around Avro, Protobuf or JSON Schema. */
    REGISTRY
  }

  /** A text. */
  record Text(Form form, String text) implements WrittenKey {}

  /** There is none: the key is null. */
  record Nothing() implements WrittenKey {}

  /** No text, or more than one reading. */
  record Unreadable() implements WrittenKey {}
}
