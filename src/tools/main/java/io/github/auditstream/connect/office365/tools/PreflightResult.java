package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import io.github.auditstream.connect.office365.preflight.Trouble;
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

  /** What is of this weight, each with its key. */
  List<Line> lines(Trouble.Weight weight) {
    List<Line> lines = new ArrayList<>();
    for (TenantReport report : reports) {
      for (Trouble trouble : report.troubles()) {
        if (trouble.weight() == weight) {
          String alias = report.tenant().alias();
          String key = Office365AuditSourceConfig.keyInUse(config, alias, trouble.key());
          lines.add(new Line(alias, key, trouble.words()));
        }
      }
    }
    return lines;
  }

  /** One trouble. */
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
