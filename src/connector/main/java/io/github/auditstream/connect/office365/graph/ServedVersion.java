package io.github.auditstream.connect.office365.graph;

/**
 * Which version one tenant is asked in. Microsoft moved audit log queries back to beta in April
 * 2025 (MC1052169) and documents them under v1.0 again since September 2026, and not every tenant
 * is served both. Safe for many threads.
 */
public final class ServedVersion {
  private final boolean fixed;
  private volatile GraphVersion current;

  private ServedVersion(GraphVersion current, boolean fixed) {
    this.current = current;
    this.fixed = fixed;
  }

  /** Always this one. */
  public static ServedVersion always(GraphVersion version) {
    return new ServedVersion(version, true);
  }

  /** v1.0 until it turns out that the tenant is served beta only, which is remembered. */
  public static ServedVersion auto() {
    return new ServedVersion(GraphVersion.V1, false);
  }

  /** The version to ask in now. */
  public GraphVersion current() {
    return current;
  }

  /** Whether beta is to be tried where this version is not served. */
  boolean fallsBackFrom(GraphVersion refused) {
    return !fixed && refused == GraphVersion.V1;
  }

  /** Beta answered where v1.0 did not. */
  void remember(GraphVersion served) {
    if (!fixed) {
      current = served;
    }
  }
}
