package io.github.auditstream.connect.office365.dedupe;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Reads record keys back as the texts that they were, whatever converter wrote them, and counts
 * them. Safe for many threads.
 *
 * <p>What could be two things is neither, and counts as unreadable. Two forms win over a plain text
 * that looks like them: a text in quotation marks is JsonConverter's, and so is {@code null}, which
 * is no key.
 */
public final class RecordKeys {
  private final LongAdder plain = new LongAdder();
  private final LongAdder json = new LongAdder();
  private final LongAdder registry = new LongAdder();
  private final LongAdder none = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  /**
   * The text of a key; empty where there is no key, and where it is not understood.
   *
   * @param key the key's bytes; null for a record without one
   */
  public Optional<String> text(byte @Nullable [] key) {
    WrittenKey written = WrittenText.read(key);
    counter(written).increment();
    return written instanceof WrittenKey.Text text ? Optional.of(text.text()) : Optional.empty();
  }

  private LongAdder counter(WrittenKey written) {
    if (written instanceof WrittenKey.Text text) {
      return switch (text.form()) {
        case PLAIN -> plain;
        case JSON -> json;
        case REGISTRY -> registry;
      };
    }
    return written instanceof WrittenKey.Nothing ? none : unreadable;
  }

  public KeyCounts counts() {
    return new KeyCounts(plain.sum(), json.sum(), registry.sum(), none.sum(), unreadable.sum());
  }
}
