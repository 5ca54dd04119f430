package io.github.auditstream.connect.office365.status;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * What could not become an audit event record: an element of a blob, the blob from an index on, or
 * an entry of a listing.
 *
 * @param about the blob
 * @param scope an element, the blob or an entry of a listing
 * @param index of the element, of the first one that is missing, or of the entry in its page
 * @param cause kind of the failure
 * @param reason what happened, what it means and what to do
 * @param httpStatus of the last answer; 0 where none came
 * @param code AF or AADSTS code; empty text where there was none
 * @param attempts how often it was tried
 * @param time when it was given up
 * @param bytes as they arrived, whole or the part that was kept; empty where nothing did. Not to be
 *     changed
 * @param bytesInAll length of the element; for a blob the length of {@code bytes}
 * @param replay the replay that came to this; empty where it was the first reading
 */
public record DeadLetter(
    BlobFacts about,
    Scope scope,
    long index,
    String cause,
    String reason,
    int httpStatus,
    String code,
    int attempts,
    Instant time,
    ByteBuffer bytes,
    long bytesInAll,
    Optional<ReplayRequest> replay) {
  private static final Schema SCHEMA = OwnSchemas.read("deadletter");

  /** What is missing. */
  public enum Scope {
    /** One element of the blob's array. */
    EVENT,
    /** The blob from the index on. */
    BLOB,
    /** An entry of a listing, that is, a blob nobody can retrieve or even name. */
    ENTRY
  }

  /** The dead letters' schema: always the same instance. */
  public static Schema schema() {
    return SCHEMA;
  }

  /**
   * As record values: more than one where the bytes are too long for one message.
   *
   * @param partBytes how many bytes one value holds at most, at least 1
   */
  public List<Struct> toStructs(int partBytes) {
    List<Struct> parts = new ArrayList<>();
    int offset = 0;
    do {
      int end = Math.min(bytes.remaining(), offset + partBytes);
      parts.add(part(offset, end));
      offset = end;
    } while (offset < bytes.remaining());
    return parts;
  }

  private Struct part(int from, int to) {
    Struct part = about.putInto(new Struct(SCHEMA));
    replay.ifPresent(one -> one.putInto(part));
    return part.put("Scope", scope.name())
        .put("Index", index)
        .put("Cause", cause)
        .put("Reason", reason)
        .put("HttpStatus", httpStatus)
        .put("Code", code.isEmpty() ? null : code)
        .put("Attempts", attempts)
        .put("Time", time.toString())
        .put("BytesInAll", bytesInAll)
        .put("BytesOffset", (long) from)
        .put("Bytes", from == to ? null : bytes.slice(from, to - from));
  }

  /** Without the bytes: they hold personal data. */
  @Override
  public String toString() {
    return "DeadLetter[" + scope + " " + about.contentId() + " at " + index + ", " + cause + "]";
  }
}
