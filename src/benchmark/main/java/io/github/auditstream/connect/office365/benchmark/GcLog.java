package io.github.auditstream.connect.office365.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A virtual machine's log of its garbage collections ({@code -Xlog:gc}), from a place on. The place
 * is where the log ended when this was made.
 */
final class GcLog {
  /** For example {@code Pause Young (Normal) (G1 Evacuation Pause) 123M->45M(256M) 3.210ms}. */
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");

  private static final long MEBIBYTE = 1L << 20;

  private final Path file;
  private final long from;

  GcLog(Path file) {
    this.file = file;
    this.from = length();
  }

  /** The flag that writes such a log. */
  static String flag(Path file) {
    return "-Xlog:gc:file=" + file.toAbsolutePath();
  }

  /**
   * What the heap held.
   *
   * @param peakBytes the most that was in use before a collection
   * @param liveBytes the most that was left after one: an upper bound of what is really needed
   * @param collections how many there were
   */
  record Heap(long peakBytes, long liveBytes, int collections) {}

  /** What has been written since. */
  Heap heap() {
    long peak = 0;
    long live = 0;
    int collections = 0;
    for (String line : text().lines().toList()) {
      Matcher found = COLLECTION.matcher(line);
      if (found.find()) {
        peak = Math.max(peak, Long.parseLong(found.group(1)));
        live = Math.max(live, Long.parseLong(found.group(2)));
        collections++;
      }
    }
    return new Heap(peak * MEBIBYTE, live * MEBIBYTE, collections);
  }

  private String text() {
    try {
      byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      int start = (int) Math.min(from, all.length);
      return new String(all, start, all.length - start, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private long length() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
