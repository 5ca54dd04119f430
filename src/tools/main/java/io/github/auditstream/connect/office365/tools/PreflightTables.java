package io.github.auditstream.connect.office365.tools;

import io.github.auditstream.connect.office365.preflight.Answered;
import io.github.auditstream.connect.office365.preflight.Finding;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a preflight's result. */
final class PreflightTables {
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

  private PreflightTables() {}

  static void write(
      ReportFormat format, PreflightResult result, PrintStream out, PrintStream messages) {
    switch (format) {
      case TABLE -> {
        List<List<String>> lines = new ArrayList<>();
        lines.add(COLUMNS);
        lines.addAll(rows(result));
        if (lines.size() > 1) {
          TextTable.write(lines, COLUMNS.size(), out);
          out.println();
        }
        words(result, out);
      }
      case CSV -> {
        out.println(String.join(",", COLUMNS));
        rows(result).forEach(row -> out.println(String.join(",", row)));
        words(result, messages);
      }
      case JSON -> out.println(JsonText.write(json(result)));
    }
  }

  private static List<List<String>> rows(PreflightResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (TenantReport report : result.reports()) {
      for (TenantReport.Row row : report.contentTypes()) {
        rows.add(
            List.of(
                report.tenant().alias(),
                report.tenant().tenantId().toString(),
                row.contentType().apiName(),
                word(report.token(), "ok", "NO"),
                word(row.consent(), "ok", "NO"),
                word(row.subscription()),
                word(row.auditing(), "on", "OFF"),
                row.newest().map(Instant::toString).orElse(row.listed() ? "none today" : "?")));
      }
    }
    return rows;
  }

  private static String word(Answered answered, String yes, String no) {
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

  private static void words(PreflightResult result, PrintStream out) {
    result.faults().values().forEach(messages -> messages.forEach(out::println));
    result
        .lines(Finding.Severity.ERROR)
        .forEach(line -> out.println(line.key() + ": " + line.words()));
    result
        .lines(Finding.Severity.NOTE)
        .forEach(line -> out.println("Note, " + line.key() + ": " + line.words()));
    out.println(result.verdict());
  }

  private static Map<String, Object> json(PreflightResult result) {
    List<Object> tenants = new ArrayList<>();
    for (TenantReport report : result.reports()) {
      List<Object> rows = new ArrayList<>();
      for (TenantReport.Row row : report.contentTypes()) {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("contentType", row.contentType().apiName());
        cells.put("consent", name(row.consent()));
        cells.put("subscription", name(row.subscription()));
        cells.put("auditing", name(row.auditing()));
        row.newest().ifPresent(at -> cells.put("newestContent", at.toString()));
        rows.add(cells);
      }
      Map<String, Object> tenant = new LinkedHashMap<>();
      tenant.put("tenant", report.tenant().alias());
      tenant.put("tenantId", report.tenant().tenantId().toString());
      tenant.put("token", name(report.token()));
      tenant.put("well", report.isWell());
      tenant.put("contentTypes", rows);
      tenants.add(tenant);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tenants", tenants);
    all.put("faults", faults(result));
    all.put("notes", lines(result, Finding.Severity.NOTE));
    all.put("well", result.isWell());
    return all;
  }

  private static List<Object> faults(PreflightResult result) {
    List<Object> faults = new ArrayList<>();
    result
        .faults()
        .forEach(
            (key, messages) ->
                messages.forEach(words -> faults.add(Map.of("key", key, "words", words))));
    faults.addAll(lines(result, Finding.Severity.ERROR));
    return faults;
  }

  private static List<Object> lines(PreflightResult result, Finding.Severity severity) {
    List<Object> lines = new ArrayList<>();
    for (PreflightResult.Line line : result.lines(severity)) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("tenant", line.tenant());
      one.put("key", line.key());
      one.put("words", line.words());
      lines.add(one);
    }
    return lines;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
