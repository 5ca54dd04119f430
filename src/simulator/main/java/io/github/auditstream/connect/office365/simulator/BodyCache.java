package io.github.auditstream.connect.office365.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gzipped bodies of blobs, the least recently used ones dropped first. Thread-safe. */
final class BodyCache {
  private final long limitBytes;
  private final Map<PublishedBlob, byte[]> bodies = new LinkedHashMap<>(64, 0.75f, true);
  private long heldBytes;

  BodyCache(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  Payload payload(PublishedBlob blob) {
    return new Payload() {
      @Override
      public byte[] plain() {
        return blob.content().plain();
      }

      @Override
      public byte[] gzip() {
        byte[] cached = find(blob);
        if (cached != null) {
          return cached;
        }
        byte[] made = Payload.compress(blob.content().plain());
        keep(blob, made);
        return made;
      }
    };
  }

  /** Renders a blob now; false where it no longer fits in, and others would have to go. */
  boolean prepare(PublishedBlob blob) {
    if (find(blob) != null) {
      return true;
    }
    byte[] made = Payload.compress(blob.content().plain());
    synchronized (this) {
      if (heldBytes + made.length > limitBytes) {
        return false;
      }
      keep(blob, made);
      return true;
    }
  }

  private synchronized byte @Nullable [] find(PublishedBlob blob) {
    return bodies.get(blob);
  }

  private synchronized void keep(PublishedBlob blob, byte[] body) {
    byte[] before = bodies.put(blob, body);
    heldBytes += body.length - (before == null ? 0 : before.length);
    var oldest = bodies.entrySet().iterator();
    while (heldBytes > limitBytes && oldest.hasNext()) {
      heldBytes -= oldest.next().getValue().length;
      oldest.remove();
    }
  }
}
