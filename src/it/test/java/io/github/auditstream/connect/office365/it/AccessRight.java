package io.github.auditstream.connect.office365.it;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A row of the table of access rights in {@code docs/install.md}.
 *
 * @param who the user
 * @param name with placeholders such as {@code <group.id>}
 * @param purpose begins with the delivery that it is for, where it is not for both
 */
record AccessRight(
    String who,
    ResourceType resource,
    String name,
    PatternType pattern,
    List<AclOperation> operations,
    String purpose) {
  private static final Path PAGE = Repository.file("docs/install.md");

  /** Those that the page asks for on a worker that writes exactly once. */
  static List<AccessRight> forExactlyOnce() throws IOException {
    return ofThePage().stream()
        .filter(right -> !right.purpose().startsWith("at least once"))
        .toList();
  }

  private static List<AccessRight> ofThePage() throws IOException {
    String page = Files.readString(PAGE);
    String table =
        page.substring(page.indexOf("<!-- acls:begin -->"), page.indexOf("<!-- acls:end -->"));
    List<AccessRight> rights = new ArrayList<>();
    for (String line : table.lines().filter(row -> row.startsWith("| ")).skip(1).toList()) {
      List<String> cells =
          Arrays.stream(line.split("\\|")).map(cell -> cell.replace("`", "").strip()).toList();
      rights.add(
          new AccessRight(
              cells.get(1),
              ResourceType.fromString(constant(cells.get(2))),
              cells.get(3),
              PatternType.fromString(constant(cells.get(4))),
              Arrays.stream(cells.get(5).split(", "))
                  .map(operation -> AclOperation.fromString(constant(operation)))
                  .toList(),
              cells.get(7)));
    }
    return rights;
  }

  /** As Kafka's enums write it: {@code TransactionalId} is {@code TRANSACTIONAL_ID}. */
  private static String constant(String word) {
    return word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  /** What grants it, one for each operation. */
  List<AclBinding> acls(Map<String, String> names) {
    ResourcePattern resourcePattern = new ResourcePattern(resource, named(names), pattern);
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    resourcePattern,
                    new AccessControlEntry("User:" + who, "*", operation, AclPermissionType.ALLOW)))
        .toList();
  }

  /** The operations that no decision of the authorizer went by. */
  List<AclOperation> unused(List<String> decisions, Map<String, String> names) {
    return operations.stream()
        .filter(
            operation ->
                decisions.stream()
                    .noneMatch(
                        line ->
                            line.contains(" operation = " + operation + " ")
                                && line.contains("resourceType=" + resource + ",")
                                && line.contains("resourceName=" + named(names) + ",")
                                && line.contains("operation=" + operation + ",")))
        .toList();
  }

  private String named(Map<String, String> names) {
    String named = name;
    for (Map.Entry<String, String> placeholder : names.entrySet()) {
      named = named.replace(placeholder.getKey(), placeholder.getValue());
    }
    if (named.contains("<")) {
      throw new IllegalStateException("a placeholder that nobody knows: " + named);
    }
    return named;
  }
}
