package io.github.auditstream.connect.office365.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.preflight.Answered;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a preflight found.
 *
 * @param tenants those that were asked
 * @param config the configuration, for the keys in use
 * @param errors by key, what is wrong with the configuration before anybody is asked
 */
record PreflightReport(
    List<TenantReport> tenants, Map<String, String> config, Map<String, List<String>> errors) {
  private static final List<String> COLUMNS =
      List.of(
          "tenant",
          "tenant id",
          "content type",
          "token",
          "consent",
          "subscription",
          "auditing",
          "newest content");

  boolean isOk() {
    return errors.isEmpty() && tenants.stream().allMatch(TenantReport::isReady);
  }

  Result result() {
    List<String> lines = new ArrayList<>();
    errors.values().forEach(lines::addAll);
    lines.addAll(PreflightFound.lines(tenants, config));
    lines.add(verdict());
    return new Result(new Result.Table(COLUMNS, rows(), List.of()), COLUMNS.size(), lines, json());
  }

  private String verdict() {
    if (!errors.isEmpty()) {
      return "The configuration has errors; Microsoft was not asked.";
    }
    long ready = tenants.stream().filter(TenantReport::isReady).count();
    return "%s: %s of %s tenants can be read."
        .formatted(ready == tenants.size() ? "Ready" : "NOT ready", ready, tenants.size());
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (TenantReport tenant : tenants) {
      for (TenantReport.Row row : tenant.contentTypes()) {
        rows.add(
            List.of(
                tenant.tenant().alias(),
                tenant.tenant().tenantId().toString(),
                row.contentType().apiName(),
                word(tenant.token(), "ok", "NO"),
                word(row.consent(), "ok", "NO"),
                word(row.subscription()),
                word(row.auditing(), "on", "OFF"),
                row.newest().map(Instant::toString).orElse(row.listed() ? "none today" : "?")));
      }
    }
    return rows;
  }

  static String word(Answered answered, String yes, String no) {
    return switch (answered) {
      case YES -> yes;
      case NO -> no;
      case UNKNOWN -> "?";
    };
  }

  private static String word(TenantReport.Subscription subscription) {
    return switch (subscription) {
      case ENABLED -> "enabled";
      case DISABLED -> "DISABLED";
      case MISSING -> "none yet";
      case UNKNOWN -> "?";
    };
  }

  private ObjectNode json() {
    ObjectNode all = Json.MAPPER.createObjectNode();
    ArrayNode asked = all.putArray("tenants");
    for (TenantReport report : tenants) {
      ArrayNode rows =
          asked
              .addObject()
              .put("tenant", report.tenant().alias())
              .put("tenantId", report.tenant().tenantId().toString())
              .put("token", name(report.token()))
              .put("well", report.isReady())
              .putArray("contentTypes");
      for (TenantReport.Row row : report.contentTypes()) {
        ObjectNode cells =
            rows.addObject()
                .put("contentType", row.contentType().apiName())
                .put("consent", name(row.consent()))
                .put("subscription", name(row.subscription()))
                .put("auditing", name(row.auditing()));
        row.newest().ifPresent(at -> cells.put("newestContent", at.toString()));
      }
    }
    PreflightFound.put(all, errors, PreflightFound.all(tenants, config));
    return all.put("well", isOk());
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
