package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.exports.ExportFile;
import io.github.auditstream.connect.office365.exports.ExportFolder;
import io.github.auditstream.connect.office365.exports.UnreadableExportException;
import io.github.auditstream.connect.office365.status.HistoryStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the export files of a folder, one after the other, each once, and looks for more. One step
 * at a time.
 */
final class FolderImport {
  private static final Logger LOG = LoggerFactory.getLogger(FolderImport.class);

  private final ExportFolder folder;
  private final Duration interval;
  private final HistoryTools tools;
  private final StoredOffsets stored;
  private final Clock clock;
  private final EventSender sender;
  private final Map<String, FileEntry> known = new HashMap<>();

  /** Files whose name was told already. */
  private final Map<String, String> reported = new HashMap<>();

  /**
   * @param interval how often the folder is looked at
   */
  FolderImport(
      ExportFolder folder,
      Duration interval,
      HistoryTools tools,
      StoredOffsets stored,
      Clock clock) {
    this.folder = folder;
    this.interval = interval;
    this.tools = tools;
    this.stored = stored;
    this.clock = clock;
    this.sender = new EventSender(tools);
  }

  /** Looks now, and again and again. */
  void start() {
    tools.steps().after(Duration.ZERO, this::look);
  }

  private void look() throws InterruptedException {
    try {
      for (Path file : folder.look().complete()) {
        read(file);
      }
    } catch (IOException e) {
      LOG.warn(
          "The folder of export files cannot be read on this worker ({}). Check import.folder, and"
              + " whether the worker's user may read it",
          e.getClass().getSimpleName());
    } catch (KnownEventsException e) {
      LOG.warn("Export files wait: {}", e.reason());
    }
    tools.steps().after(interval, this::look);
  }

  private void read(Path path) throws InterruptedException, KnownEventsException {
    String name = String.valueOf(path.getFileName());
    try {
      String headSha256 = ExportFile.headSha256(path);
      FileEntry before = entry(name, headSha256);
      if (before.state() != SliceState.READING) {
        return;
      }
      tools.known().catchUp();
      try (ExportFile file = ExportFile.open(path)) {
        read(name, file, before);
      }
    } catch (UnreadableExportException e) {
      refuse(name, path, e);
    } catch (IOException e) {
      // It may be being replaced, or the disk be away: the next look tries again.
      LOG.warn("Export file {} cannot be read now ({})", name, e.getClass().getSimpleName());
    }
  }

  /** What is known of the file, or of none where another one has its name now. */
  private FileEntry entry(String name, String headSha256) {
    FileEntry entry = known.get(name);
    if (entry == null) {
      Map<String, String> partition = FileEntry.sourcePartition(name);
      entry =
          Optional.ofNullable(stored.of(List.of(partition)).get(partition))
              .map(FileEntry::of)
              .orElseGet(() -> FileEntry.of(headSha256));
      known.put(name, entry);
    }
    return entry.headSha256().equals(headSha256) ? entry : FileEntry.of(headSha256);
  }

  private void read(String name, ExportFile file, FileEntry before)
      throws IOException, InterruptedException {
    LOG.info("Reading export file {}, {}, from row {}", name, file.layout(), before.row() + 1);
    FileRead read = new FileRead(name, file, before, sender, clock::instant);
    boolean asLong;
    try {
      put(name, before);
      asLong = read.readOn();
    } finally {
      known.put(name, read.entry());
    }
    if (!asLong) {
      // Shorter than before: another file with the same beginning.
      put(name, FileEntry.of(file.headSha256()));
      return;
    }
    List<String> warnings = file.warnings();
    warnings.forEach(warning -> LOG.warn("Export file {}: {}", name, warning));
    put(name, read.entry().in(SliceState.DONE, String.join(" ", warnings)));
  }

  private void refuse(String name, Path path, UnreadableExportException e) {
    String reason = String.valueOf(e.getMessage());
    if (!reason.equals(reported.put(name, reason))) {
      LOG.error("Export file {} is not read: {}", name, reason);
    }
    try {
      put(name, FileEntry.of(ExportFile.headSha256(path)).in(SliceState.INCOMPLETE, reason));
    } catch (IOException vanished) {
      LOG.warn("Export file {} has vanished", name);
    }
  }

  private void put(String name, FileEntry entry) {
    known.put(name, entry);
    HistoryStatus status =
        new HistoryStatus(
            HistoryStatus.Kind.FILE,
            "import/" + name,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(name),
            entry.state() == SliceState.READING ? "RUNNING" : entry.state().name(),
            clock.instant(),
            Optional.empty(),
            entry.counts().toStatus(),
            Optional.empty(),
            entry.reason().isEmpty() ? Optional.empty() : Optional.of(entry.reason()));
    tools
        .outbox()
        .putNow(
            tools
                .records()
                .ledger(
                    status,
                    new HistoryRecords.Place(
                        FileEntry.sourcePartition(name), entry.toSourceOffset())));
  }
}
