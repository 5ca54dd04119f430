package io.github.auditstream.connect.office365.event;

/**
 * Adds up what the objects of one event take of the heap, while they are made. The sizes are those
 * of a 64-bit JVM with compressed references, as it is with less than 32 GB of heap; what cannot be
 * determined cheaply counts as the most that it can be.
 *
 * <p>Reusable, for one thread.
 */
final class HeapMeter {
  /**
   * What belongs to each event beside its values: the event and its place in the line to Kafka, its
   * Id and times, and its {@code ContentBlob}.
   */
  static final int EVENT_BYTES = 288;

  static final int LONG_BYTES = 24;
  static final int INT_BYTES = 16;
  static final int DOUBLE_BYTES = 24;

  private static final int REFERENCE_BYTES = 4;
  private static final int ARRAY_BYTES = 16;
  private static final int STRUCT_BYTES = 24;

  /** The string and the array with its text, which is rounded up to eight bytes. */
  private static final int TEXT_BYTES = 24 + ARRAY_BYTES + 4;

  private static final int LIST_BYTES = 24;

  /** An array list makes room for ten with its first element, and then by the half more. */
  private static final int FIRST_ELEMENTS = 10;

  private static final int FIRST_ELEMENTS_BYTES = ARRAY_BYTES + FIRST_ELEMENTS * REFERENCE_BYTES;
  private static final int FURTHER_ELEMENT_BYTES = 2 * REFERENCE_BYTES;

  /** A linked hash map and its first table. */
  private static final int MAP_BYTES = 56 + ARRAY_BYTES + 16 * REFERENCE_BYTES;

  /** With its share of a table that is a third full at the least. */
  private static final int ENTRY_BYTES = 40 + 3 * REFERENCE_BYTES;

  private static final int MAX_LATIN_1 = 0xFF;

  private long bytes;
  private long limit;
  private long narrowCharacters;

  void reset(long limitBytes) {
    limit = limitBytes;
    reset();
  }

  void reset() {
    bytes = EVENT_BYTES;
    narrowCharacters = 0;
  }

  long bytes() {
    return bytes;
  }

  /** What was made since there were so many bytes is given up. */
  void backTo(long bytesBefore) {
    bytes = bytesBefore;
  }

  /**
   * To be called often enough that no more than one value is beyond the limit.
   *
   * @throws LargeEventException if it is passed
   */
  void check() throws LargeEventException {
    if (bytes > limit) {
      throw new LargeEventException();
    }
  }

  /** The bytes of a struct with so many fields. */
  static int structBytes(int fields) {
    return STRUCT_BYTES + aligned(ARRAY_BYTES + fields * REFERENCE_BYTES);
  }

  void add(int objectBytes) {
    bytes += objectBytes;
  }

  /** A text that is held with a byte for each character, unless {@link #widen} is called. */
  void addNarrowText(int characters) {
    bytes += TEXT_BYTES + characters;
    narrowCharacters += characters;
  }

  /** Any of the texts that were taken for narrow may have two bytes for each character. */
  void widen() {
    bytes += narrowCharacters;
    narrowCharacters = 0;
  }

  void addText(String text) {
    int width = 1;
    for (int i = 0; i < text.length() && width == 1; i++) {
      width = text.charAt(i) > MAX_LATIN_1 ? 2 : 1;
    }
    bytes += TEXT_BYTES + (long) width * text.length();
  }

  void addList() {
    bytes += LIST_BYTES;
  }

  /**
   * @param elementsBefore how many the list had
   */
  void addElement(int elementsBefore) {
    if (elementsBefore >= FIRST_ELEMENTS) {
      bytes += FURTHER_ELEMENT_BYTES;
    } else if (elementsBefore == 0) {
      bytes += FIRST_ELEMENTS_BYTES;
    }
  }

  void addMap() {
    bytes += MAP_BYTES;
  }

  /** A map's entry, without its key and value. */
  void addEntry() {
    bytes += ENTRY_BYTES;
  }

  private static int aligned(int size) {
    return (size + 7) & ~7;
  }
}
