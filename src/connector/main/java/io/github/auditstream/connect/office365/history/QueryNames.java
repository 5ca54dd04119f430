package io.github.auditstream.connect.office365.history;

import io.github.auditstream.connect.office365.records.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names of audit log queries. Each attempt has one of its own, by which it is found again after a
 * lost answer or a restart, and by which people know whose it is.
 *
 * @param connector the connector's name
 */
record QueryNames(String connector) {
  private static final int HASH_BYTES = 4;

  /** Whether a name is one of this connector's. */
  boolean isOurs(String name) {
    return name.strip().startsWith(beginning());
  }

  private String beginning() {
    byte[] digest = Sha256.of(connector.getBytes(StandardCharsets.UTF_8));
    return "kafka-connect " + HexFormat.of().formatHex(digest, 0, HASH_BYTES) + " ";
  }

  /** Such as {@code kafka-connect 7c1e90af 2026-05-04T00:00:00Z/2026-05-05T00:00:00Z try 1}. */
  String of(Slice slice, int attempt) {
    return beginning() + slice.name() + " try " + attempt;
  }
}
