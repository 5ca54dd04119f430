package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.preflight.Finding;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a preflight came to.
 *
 * @param reports of the tenants that were asked
 * @param config the configuration, for the keys in use
 * @param faults by key, what is wrong with the configuration before anybody is asked
 */
record PreflightResult(
    List<TenantReport> reports, Map<String, String> config, Map<String, List<String>> faults) {

  boolean isWell() {
    return faults.isEmpty() && reports.stream().allMatch(TenantReport::isWell);
  }

  /** What is of this severity, each with its key. */
  List<Line> lines(Finding.Severity severity) {
    List<Line> lines = new ArrayList<>();
    for (TenantReport report : reports) {
      for (Finding finding : report.findings()) {
        if (finding.severity() == severity) {
          String alias = report.tenant().alias();
          String key = Office365AuditSourceConfig.keyInUse(config, alias, finding.key());
          lines.add(new Line(alias, key, finding.description()));
        }
      }
    }
    return lines;
  }

  /** One finding. */
  record Line(String tenant, String key, String words) {}

  String verdict() {
    if (!faults.isEmpty()) {
      return "The configuration has faults; nobody was asked.";
    }
    long well = reports.stream().filter(TenantReport::isWell).count();
    return well == reports.size()
        ? "All is well: " + reports.size() + " of " + reports.size() + " tenants can be read."
        : "NOT ready: " + well + " of " + reports.size() + " tenants can be read.";
  }
}
