package io.github.auditstream.connect.office365.exports;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with exported events, read from its beginning to its end. It holds one row at a time,
 * whatever the file's size. The file must not change meanwhile. One thread reads.
 */
public final class ExportFile implements Closeable {
  /** How large a row may be, as it is in the file; a larger one is refused. */
  public static final int LARGEST_ROW_BYTES = 32 * 1024 * 1024;

  private static final int HEAD_BYTES = 64 * 1024;

  /** What one call of Search-UnifiedAuditLog gives at most, and what a session gives. */
  private static final int ROWS_OF_A_CALL = 5_000;

  /** Behind its header. */
  private static final int ROWS_OF_A_SPREADSHEET = 1_048_575;

  private final InputStream in;
  private final String headSha256;
  private final Rows rows;
  private long row;
  private boolean ended;

  private ExportFile(InputStream in, String headSha256, Rows rows) {
    this.in = in;
    this.headSha256 = headSha256;
    this.rows = rows;
  }

  /**
   * Opens a file and finds out what it is.
   *
   * @throws UnreadableExportException if it is no export whose events are whole
   */
  public static ExportFile open(Path file) throws IOException, UnreadableExportException {
    return open(file, LARGEST_ROW_BYTES);
  }

  static ExportFile open(Path file, int largestRowBytes)
      throws IOException, UnreadableExportException {
    String headSha256 = headSha256(file);
    InputStream in = Files.newInputStream(file);
    try {
      Window window = new Window(Unicode.utf8(in));
      return new ExportFile(in, headSha256, rows(window, largestRowBytes));
    } catch (IOException | UnreadableExportException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static Rows rows(Window window, int largestRowBytes)
      throws IOException, UnreadableExportException {
    int one;
    do {
      window.begin();
      one = window.read();
    } while (one == ' ' || one == '\t' || one == '\r' || one == '\n');
    window.giveBack(0);
    return switch (one) {
      case Window.END -> throw new UnreadableExportException("The file is empty.");
      case '[' -> new JsonRows(ExportLayout.JSON_ARRAYS, window, largestRowBytes);
      case '{' -> new JsonRows(ExportLayout.JSON_OBJECTS, window, largestRowBytes);
      default -> new CsvRows(window, largestRowBytes);
    };
  }

  /** The digest of the file's first 64 KiB, by which it is known again under any name. */
  public static String headSha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readNBytes(HEAD_BYTES));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }

  public ExportLayout layout() {
    return rows.layout();
  }

  /** The digest of the file's first 64 KiB, by which it is known again under any name. */
  public String headSha256() {
    return headSha256;
  }

  /**
   * Passes over rows, to go on behind the last one that was read before.
   *
   * @return whether there were as many
   */
  public boolean skip(long count) throws IOException {
    for (long skipped = 0; skipped < count; skipped++) {
      if (find() == null) {
        return false;
      }
    }
    return true;
  }

  /** The next row, or null at the file's end. */
  public @Nullable ExportRow next() throws IOException {
    Rows.Unread found = find();
    return found == null ? null : found.at(row);
  }

  private Rows.@Nullable Unread find() throws IOException {
    Rows.Unread found = ended ? null : rows.next();
    if (found == null) {
      ended = true;
    } else {
      row++;
    }
    return found;
  }

  /** How many rows were read so far, those passed over and those refused too. */
  public long rows() {
    return row;
  }

  /** What about the file is for people, besides rows that are refused; complete at its end. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(rows.warnings());
    if (ended && layout().comesFromASearch() && row > 0 && row % ROWS_OF_A_CALL == 0) {
      warnings.add(
          "The file has exactly "
              + row
              + " rows. Searches end at 5,000 or 50,000 rows without a word: it is probably"
              + " truncated. Export shorter ranges of time.");
    }
    if (ended && row == ROWS_OF_A_SPREADSHEET) {
      warnings.add(
          "The file has exactly as many rows as a spreadsheet can have: it is probably truncated."
              + " Export it anew, and save it with no spreadsheet.");
    }
    return warnings;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
