package io.github.auditstream.connect.office365.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.auditstream.connect.office365.config.Validation;
import io.github.auditstream.connect.office365.preflight.Finding;
import io.github.auditstream.connect.office365.preflight.TenantFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a preflight found of the tenants, with the keys as they are in the configuration.
 *
 * @param severity how bad it is
 * @param item what is written out
 */
record PreflightFound(Finding.Severity severity, Item item) {

  /** What is wrong with a tenant, or a note about one, with the key that it hangs on. */
  record Item(String tenant, String key, String words) {}

  /** In the tenants' order. */
  static List<PreflightFound> all(
      List<? extends TenantFindings> tenants, Map<String, String> config) {
    List<PreflightFound> found = new ArrayList<>();
    for (TenantFindings tenant : tenants) {
      String alias = tenant.tenant().alias();
      for (Finding finding : tenant.findings()) {
        String key = Validation.keyInUse(config, alias, finding.key());
        found.add(
            new PreflightFound(finding.severity(), new Item(alias, key, finding.description())));
      }
    }
    return found;
  }

  /** For people: errors first. */
  static List<String> lines(List<? extends TenantFindings> tenants, Map<String, String> config) {
    List<PreflightFound> all = all(tenants, config);
    List<String> lines = new ArrayList<>();
    items(all, Finding.Severity.ERROR).forEach(item -> lines.add(item.key() + ": " + item.words()));
    items(all, Finding.Severity.NOTE)
        .forEach(item -> lines.add("Note, " + item.key() + ": " + item.words()));
    return lines;
  }

  private static List<Item> items(List<PreflightFound> all, Finding.Severity severity) {
    return all.stream()
        .filter(found -> found.severity() == severity)
        .map(PreflightFound::item)
        .toList();
  }

  /**
   * For programs.
   *
   * @param errors by key, what is wrong whatever the tenant
   */
  static void put(ObjectNode json, Map<String, List<String>> errors, List<PreflightFound> found) {
    ArrayNode wrong = json.putArray("faults");
    errors.forEach(
        (key, messages) ->
            messages.forEach(words -> wrong.addObject().put("key", key).put("words", words)));
    items(found, Finding.Severity.ERROR).forEach(wrong::addPOJO);
    items(found, Finding.Severity.NOTE).forEach(json.putArray("notes")::addPOJO);
  }
}
