package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.exports.ExportFile;
import io.github.auditstream.connect.office365.exports.ExportRow;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;

/** Reads the rows of one export file and sends what is new. For one thread. */
final class FileRead {
  private final String name;
  private final ExportFile file;
  private final EventSender sender;
  private final HistoryRecords.Source source;
  private final Supplier<Instant> now;
  private FileEntry entry;

  /**
   * @param entry as the reading begins; rows up to its own are passed over
   */
  FileRead(
      String name, ExportFile file, FileEntry entry, EventSender sender, Supplier<Instant> now) {
    this.name = name;
    this.file = file;
    this.entry = entry;
    this.sender = sender;
    this.now = now;
    this.source = new HistoryRecords.Source("", HistoryRecords.Source.IMPORT, name);
  }

  /** The entry with what has come of it so far. */
  FileEntry entry() {
    return entry;
  }

  /**
   * Reads on to the end.
   *
   * @return whether the file has as many rows as were read before
   */
  boolean readOn() throws IOException, InterruptedException {
    if (!file.skip(entry.row())) {
      return false;
    }
    for (ExportRow row = file.next(); row != null; row = file.next()) {
      SliceCounts counts = entry.counts().withRecords(entry.counts().records() + 1);
      entry = entry.at(row.row(), counts);
      if (row instanceof ExportRow.Event event) {
        sender.send(
            source,
            EventSender.key(event.id(), event.json()),
            event.row(),
            event.json(),
            event.recordType(),
            this::placed,
            now.get());
      } else if (row instanceof ExportRow.Refused refused) {
        sender.refuse(
            source,
            refused.row(),
            refused.reason(),
            refused.text(),
            refused.textBytes(),
            this::placed,
            now.get());
      }
    }
    return true;
  }

  private HistoryRecords.Place placed(EventSender.Fate fate) {
    entry =
        entry.at(
            entry.row(),
            fate == EventSender.Fate.SENT
                ? entry.counts().oneSent()
                : entry.counts().oneDeadLetter());
    return new HistoryRecords.Place(FileEntry.sourcePartition(name), entry.toSourceOffset());
  }
}
