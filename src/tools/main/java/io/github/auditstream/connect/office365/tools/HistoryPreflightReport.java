package io.github.auditstream.connect.office365.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.config.HistoryKeys;
import io.github.auditstream.connect.office365.preflight.TenantFindings;
import io.github.auditstream.connect.office365.preflight.TenantHistoryReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a preflight of the history found.
 *
 * @param tenants those that were asked
 * @param kafka what keeps the topics from being read; empty where nothing does
 * @param config the configuration, for the keys in use
 * @param errors by key, what is wrong with the configuration before anybody is asked
 */
record HistoryPreflightReport(
    List<TenantHistoryReport> tenants,
    Optional<String> kafka,
    Map<String, String> config,
    Map<String, List<String>> errors) {
  private static final List<String> COLUMNS =
      List.of("tenant", "tenant id", "token", "permission", "auditing", "version");

  boolean isOk() {
    return errors.isEmpty()
        && kafka.isEmpty()
        && tenants.stream().allMatch(TenantFindings::isReady);
  }

  Result result() {
    List<String> lines = new ArrayList<>();
    errors.values().forEach(lines::addAll);
    kafka.ifPresent(words -> lines.add(HistoryKeys.BOOTSTRAP_SERVERS.key() + ": " + words + "."));
    lines.addAll(PreflightFound.lines(tenants, config));
    lines.add(verdict());
    return new Result(new Result.Table(COLUMNS, rows(), List.of()), COLUMNS.size(), lines, json());
  }

  private String verdict() {
    if (!errors.isEmpty()) {
      return "The configuration has errors; nobody was asked.";
    }
    long ready = tenants.stream().filter(TenantFindings::isReady).count();
    return "%s: the history of %s of %s tenants can be read%s."
        .formatted(
            isOk() ? "Ready" : "NOT ready",
            ready,
            tenants.size(),
            kafka.isPresent() ? ", but not what is in the topics" : "");
  }

  private List<List<String>> rows() {
    return tenants.stream()
        .map(
            tenant ->
                List.of(
                    tenant.tenant().alias(),
                    tenant.tenant().tenantId().toString(),
                    PreflightReport.word(tenant.token(), "ok", "NO"),
                    PreflightReport.word(tenant.permission(), "ok", "NO"),
                    PreflightReport.word(tenant.auditing(), "on", "OFF"),
                    tenant.version().orElse("?")))
        .toList();
  }

  private ObjectNode json() {
    ObjectNode all = Json.MAPPER.createObjectNode();
    ArrayNode asked = all.putArray("tenants");
    for (TenantHistoryReport report : tenants) {
      ObjectNode cells =
          asked
              .addObject()
              .put("tenant", report.tenant().alias())
              .put("tenantId", report.tenant().tenantId().toString())
              .put("token", PreflightReport.name(report.token()))
              .put("well", report.isReady())
              .put("permission", PreflightReport.name(report.permission()))
              .put("auditing", PreflightReport.name(report.auditing()));
      report.version().ifPresent(version -> cells.put("version", version));
    }
    PreflightFound.put(all, withKafka(), PreflightFound.all(tenants, config));
    return all.put("well", isOk());
  }

  private Map<String, List<String>> withKafka() {
    return kafka
        .<Map<String, List<String>>>map(
            words -> Map.of(HistoryKeys.BOOTSTRAP_SERVERS.key(), List.of(words + ".")))
        .orElse(errors);
  }
}
