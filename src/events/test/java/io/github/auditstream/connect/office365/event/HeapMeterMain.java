package io.github.auditstream.connect.office365.event;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads bodies, one in each line of a file, each over and over, and prints how many bytes of the
 * heap the events were said to take, and how many they take. In a JVM of its own: nothing else may
 * make objects meanwhile.
 */
final class HeapMeterMain {
  /** So much is held of each body that what else comes and goes does not matter. */
  private static final long ENOUGH_BYTES = 64 << 20;

  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private HeapMeterMain() {}

  public static void main(String[] args) throws Exception {
    AuditEventMapper mapper = new AuditEventMapper(new EventSchemas());
    for (String body : Files.readAllLines(Path.of(args[0]))) {
      byte[] json = body.getBytes(StandardCharsets.UTF_8);
      // Once for what is made the first time only.
      read(json, mapper, new ArrayList<>());
      List<BlobElement> held = new ArrayList<>();
      long before = live();
      long said = 0;
      while (said < ENOUGH_BYTES) {
        said += read(json, mapper, held);
      }
      System.out.println(said + " " + (live() - before));
      if (held.isEmpty()) {
        throw new IllegalStateException("nothing was read");
      }
    }
  }

  private static long read(byte[] json, AuditEventMapper mapper, List<BlobElement> into)
      throws Exception {
    long said = 0;
    try (BlobReader reader =
        new BlobReader(new ByteArrayInputStream(json), mapper, Blobs.GENERAL)) {
      for (BlobElement next = reader.next(); next != null; next = reader.next()) {
        into.add(next);
        said += ((BlobElement.Event) next).event().heapBytes();
      }
    }
    return said;
  }

  private static long live() {
    MEMORY.gc();
    return MEMORY.getHeapMemoryUsage().getUsed();
  }
}
