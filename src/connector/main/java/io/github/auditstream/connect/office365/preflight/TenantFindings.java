package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.config.TenantSettings;
import java.util.List;

/** What was found out about one tenant, whatever is read of it. */
public interface TenantFindings {
  /** The tenant. */
  TenantSettings tenant();

  /** In the order in which they were met. */
  List<Finding> findings();

  /** Whether nothing keeps the tenant from being read. */
  default boolean isReady() {
    return findings().stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
  }
}
