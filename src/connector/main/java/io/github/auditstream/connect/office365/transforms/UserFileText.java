package io.github.auditstream.connect.office365.transforms;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of users as it lies on the worker: when it changed, and what it says. */
final class UserFileText {

  private static final long MAX_BYTES = 64L << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int ENCODING_BYTES = 4;

  private UserFileText() {}

  /** What distinguishes one version of the file from another. */
  record Stamp(FileTime modified, long size, @Nullable Object file) {}

  /** What is wrong with the file, in words that say nothing of what is in it. */
  static final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableFileException(String message) {
      super(message);
    }

    /** The end of a sentence that begins with the file; not null. */
    String problem() {
      return String.valueOf(getMessage());
    }
  }

  static Stamp stamp(Path path) throws UnusableFileException {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (!file.isRegularFile()) {
        throw new UnusableFileException("is not a file");
      }
      if (file.size() > MAX_BYTES) {
        throw new UnusableFileException("is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return new Stamp(file.lastModifiedTime(), file.size(), file.fileKey());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The users that it lists, one at least. */
  static List<String> users(Path path) throws UnusableFileException {
    String text;
    try {
      text = decoded(Files.readAllBytes(path));
    } catch (IOException e) {
      throw unusable(e);
    }
    List<String> users =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
            .toList();
    if (users.isEmpty()) {
      throw new UnusableFileException("lists no user");
    }
    return users;
  }

  private static String decoded(byte[] bytes) throws UnusableFileException {
    String wide = wideEncoding(bytes);
    if (wide != null) {
      throw new UnusableFileException(
          "is not text in UTF-8: it looks like " + wide + "; save it as UTF-8");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (end.isError()) {
      throw new UnusableFileException(
          "is not text in UTF-8, first in its line "
              + line(out.flip().toString())
              + ": it looks like Windows-1252, ISO-8859-1 or another encoding of one byte a"
              + " character; save it as UTF-8");
    }
    String text = out.flip().toString();
    int nul = text.indexOf(0);
    if (nul >= 0) {
      throw new UnusableFileException(
          "has a NUL character, first in its line "
              + line(text.substring(0, nul))
              + ", and so is not text in UTF-8");
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /**
   * The encoding of more than one byte a character that a text begins in, by its byte order mark,
   * or by where the first four bytes are zero; null if it begins in none.
   */
  private static @Nullable String wideEncoding(byte[] bytes) {
    int first = 0;
    int zeros = 0;
    for (int i = 0; i < ENCODING_BYTES; i++) {
      int next = i < bytes.length ? bytes[i] & 0xFF : 0xFF;
      first = first << 8 | next;
      zeros = zeros << 1 | (next == 0 ? 1 : 0);
    }
    if (first == 0xFFFE0000 || zeros == 0b0111) {
      return "UTF-32LE";
    }
    if (first == 0x0000FEFF || zeros == 0b1110) {
      return "UTF-32BE";
    }
    if (first >>> 16 == 0xFFFE || zeros == 0b0101) {
      return "UTF-16LE";
    }
    return first >>> 16 == 0xFEFF || zeros == 0b1010 ? "UTF-16BE" : null;
  }

  /** The number of the line that follows a text. */
  private static long line(String before) {
    return 1 + before.chars().filter(unit -> unit == '\n').count();
  }

  private static UnusableFileException unusable(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new UnusableFileException("does not exist");
    }
    return new UnusableFileException(
        cause instanceof AccessDeniedException
            ? "may not be read by the worker's user"
            : "cannot be read (" + cause.getClass().getSimpleName() + ")");
  }
}
