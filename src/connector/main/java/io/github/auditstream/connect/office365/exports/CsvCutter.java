package io.github.auditstream.connect.office365.exports;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;

/**
 * Finds the ends of rows in a CSV file: at the first line end outside of quotes. A reader that goes
 * through the whole file takes all of it for one cell after a quote that is not closed; here a row
 * that turns out to be broken ends at the next line that begins as a row does. No byte is read more
 * than a few times for that: a row that is open at the end of its first line ends with the next
 * line that has an odd number of quotes.
 */
final class CsvCutter {
  private final Window window;
  private final int largestRowBytes;
  private boolean quoted;
  private boolean tooLarge;

  CsvCutter(Window window, int largestRowBytes) {
    this.window = window;
    this.largestRowBytes = largestRowBytes;
  }

  /** Goes on to the next row; lines without anything are none. Whether there is one. */
  boolean next() throws IOException {
    quoted = false;
    tooLarge = false;
    int one;
    do {
      window.begin();
      one = window.read();
    } while (one == '\r' || one == '\n');
    while (one != Window.END) {
      if (one == '"') {
        quoted = !quoted;
      } else if (one == '\n' && !quoted) {
        return true;
      }
      if (window.length() > largestRowBytes) {
        tooLarge = true;
        return true;
      }
      one = window.read();
    }
    return window.length() > 0;
  }

  /** What was found to be wrong with the row so far; empty if nothing. */
  String fault() {
    if (tooLarge) {
      return Cut.TOO_LARGE;
    }
    return quoted ? Cut.UNCLOSED : "";
  }

  /** The row without its line end. */
  String text() throws CharacterCodingException {
    return window.text(withoutLineEnd(window.length()));
  }

  /**
   * Ends the broken row before the first of its further lines that begins as a row does, or where
   * it ends by itself.
   *
   * @param events which column has the event
   */
  Cut refuse(String fault, char separator, int events) throws IOException {
    int length = window.length();
    for (int end = window.indexOf('\n', 0, length);
        end + 1 < length;
        end = window.indexOf('\n', end + 1, length)) {
      if (beginsRow(end + 1, length, separator, events)) {
        window.giveBack(end + 1);
        return beginning(fault);
      }
    }
    Cut beginning = beginning(fault);
    return tooLarge ? skipRest(beginning) : beginning;
  }

  /** The row's beginning, up to the next call of any method that reads. */
  Cut beginning(String fault) {
    int length = withoutLineEnd(window.length());
    return Cut.of(window.copy(0, Math.min(length, Cut.KEPT_BYTES)), length, fault);
  }

  private Cut skipRest(Cut beginning) throws IOException {
    long textBytes = window.length();
    boolean returned = false;
    while (true) {
      window.begin();
      int one = window.read();
      if (one == Window.END || (one == '\n' && !quoted)) {
        return new Cut(beginning.text(), textBytes - (returned ? 1 : 0), beginning.fault());
      }
      quoted ^= one == '"';
      returned = one == '\r';
      textBytes++;
    }
  }

  /** Whether the cells before that of the event are whole here, and that one has an object. */
  private boolean beginsRow(int from, int to, char separator, int events) {
    int at = from;
    for (int cell = 0; cell < events; cell++) {
      at = behindCell(at, to, separator);
      if (at < 0) {
        return false;
      }
    }
    if (at < to && window.get(at) == '"') {
      at++;
    }
    return at < to && window.get(at) == '{';
  }

  /** Behind the separator after a cell; less than nothing where the line ends before. */
  private int behindCell(int from, int to, char separator) {
    boolean inQuotes = false;
    for (int at = from; at < to; at++) {
      byte one = window.get(at);
      if (one == '\n') {
        return -1;
      }
      if (one == '"') {
        inQuotes = !inQuotes;
      } else if (one == separator && !inQuotes) {
        return at + 1;
      }
    }
    return -1;
  }

  private int withoutLineEnd(int length) {
    int end = length;
    if (end > 0 && window.get(end - 1) == '\n') {
      end--;
    }
    if (end > 0 && end < length && window.get(end - 1) == '\r') {
      end--;
    }
    return end;
  }
}
