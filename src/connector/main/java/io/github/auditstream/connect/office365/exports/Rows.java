package io.github.auditstream.connect.office365.exports;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a file in one of its forms. */
interface Rows {

  /** A row that was found, and is to be read before the next one is looked for, or not at all. */
  interface Unread {
    ExportRow at(long row);
  }

  ExportLayout layout();

  /** Finds the next row; null at the end. */
  @Nullable Unread next() throws IOException;

  /** What about the rows read so far is for people, besides those that were refused. */
  List<String> warnings();
}
