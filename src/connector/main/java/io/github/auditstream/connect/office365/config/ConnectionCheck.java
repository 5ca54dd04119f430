package io.github.auditstream.connect.office365.config;

import java.util.List;

/** Tries a configuration out, with questions to Microsoft. */
public interface ConnectionCheck {

  /** What stands against the configuration; empty if all is well. It throws nothing. */
  List<Found> faults(ConnectorSettings settings);

  /**
   * A fault.
   *
   * @param alias whose
   * @param key the key to mend, without a tenant's prefix
   * @param words what is wrong and what to do, in whole sentences and without secrets
   */
  record Found(String alias, String key, String words) {}
}
