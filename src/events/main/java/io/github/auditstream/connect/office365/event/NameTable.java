package io.github.auditstream.connect.office365.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to a property's name without making a String of the name first.
 *
 * @param <T> what belongs to a name
 */
final class NameTable<T> {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HEAD_FACTOR = 0x9E3779B97F4A7C15L;
  private static final long TAIL_FACTOR = 0xC2B2AE3D27D4EB4FL;

  /** A name's first and last eight bytes, which overlap in short names, tell most names apart. */
  private static final class Entry<T> {
    final byte[] name;
    final long head;
    final long tail;
    final T value;

    Entry(byte[] name, T value) {
      this.name = name;
      this.head = head(name, 0, name.length);
      this.tail = tail(name, 0, name.length);
      this.value = value;
    }
  }

  private final @Nullable Entry<T>[] entries;

  NameTable(Map<String, T> values) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    @Nullable Entry<T>[] table = new Entry[Integer.highestOneBit(values.size() + 1) * 4];
    this.entries = table;
    values.forEach(
        (name, value) -> {
          Entry<T> entry = new Entry<>(name.getBytes(StandardCharsets.UTF_8), value);
          int at = first(entry.head, entry.tail, entry.name.length);
          while (entries[at] != null) {
            at = (at + 1) & (entries.length - 1);
          }
          entries[at] = entry;
        });
  }

  @Nullable T find(byte[] bytes, int from, int length) {
    long head = head(bytes, from, length);
    long tail = tail(bytes, from, length);
    int at = first(head, tail, length);
    Entry<T> entry;
    while ((entry = entries[at]) != null) {
      if (entry.head == head
          && entry.tail == tail
          && entry.name.length == length
          && (length <= 2 * Long.BYTES
              || Arrays.equals(entry.name, 0, length, bytes, from, from + length))) {
        return entry.value;
      }
      at = (at + 1) & (entries.length - 1);
    }
    return null;
  }

  private int first(long head, long tail, int length) {
    long hash = (head * HEAD_FACTOR) ^ (tail * TAIL_FACTOR) ^ length;
    return (int) (hash ^ (hash >>> 29)) & (entries.length - 1);
  }

  private static long head(byte[] bytes, int from, int length) {
    if (length >= Long.BYTES) {
      return (long) LONGS.get(bytes, from);
    }
    if (length == 0) {
      return 0;
    }
    if (from + Long.BYTES <= bytes.length) {
      return (long) LONGS.get(bytes, from) & (-1L >>> ((Long.BYTES - length) * Byte.SIZE));
    }
    long head = 0;
    for (int i = length - 1; i >= 0; i--) {
      head = (head << Byte.SIZE) | (bytes[from + i] & 0xFF);
    }
    return head;
  }

  private static long tail(byte[] bytes, int from, int length) {
    return length > Long.BYTES ? (long) LONGS.get(bytes, from + length - Long.BYTES) : 0;
  }
}
