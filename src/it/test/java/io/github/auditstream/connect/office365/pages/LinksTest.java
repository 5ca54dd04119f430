package io.github.auditstream.connect.office365.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every link of every page leads somewhere, as far as that can be checked without the network. */
class LinksTest {
  @Test
  void everyLinkLeadsToAnExistingTarget() throws Exception {
    List<String> broken = new ArrayList<>();
    for (Path page : Pages.all()) {
      broken.addAll(broken(page));
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void findsThePagesAndTheirLinks() throws Exception {
    assertThat(Pages.all())
        .contains(Pages.README, Pages.doc("configuration.md"), Pages.doc("dev/architecture.md"));
    assertThat(MarkdownPage.read(Pages.README).links())
        .hasSizeGreaterThan(20)
        .contains("docs/configuration.md", "docs/simulator.md#options-of-the-quick-start");
  }

  /** A page that no other leads to is found by nobody; a link to a folder leads to its pages. */
  @Test
  void everyPageIsLinked() throws Exception {
    List<Path> pages = Pages.shipped();
    Set<Path> reached = new HashSet<>();
    Deque<Path> next = new ArrayDeque<>(List.of(Pages.README));
    while (!next.isEmpty()) {
      Path page = next.pop();
      if (!reached.add(page)) {
        continue;
      }
      if (Files.isDirectory(page)) {
        pages.stream().filter(each -> page.equals(each.getParent())).forEach(next::add);
      } else if (pages.contains(page)) {
        MarkdownPage.read(page)
            .links()
            .filter(link -> !link.contains(":") && !link.startsWith("#"))
            .map(link -> page.resolveSibling(link.replaceFirst("#.*", "")).normalize())
            .forEach(next::add);
      }
    }

    assertThat(reached).containsAll(pages);
  }

  @Test
  void namesWhatIsBroken(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("other.md"), "# Some `code`, and *more*\n\n## Twice\n\n## Twice\n");
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            """
            # It's here
            [ok](#its-here) [ok](other.md) [ok](other.md#some-code-and-more) [ok](other.md#twice-1)
            [ok](https://example.com/a) [ok](other.md "title") `[code](absent.md)` [ok](.)
            ```text
            [code](absent.md)
            ```
            [bad](#nowhere) [bad](absent.md) [bad](other.md#twice-2) [bad](http://example.com)
            <http://localhost:8083> [bad](https:///x) <https://exa mple> [bad][ref] <ftp://example.com/x>

            [ref]: absent-too.md
            """);

    assertThat(broken(page))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .containsExactlyInAnyOrder(
            "#nowhere",
            "absent.md",
            "other.md#twice-2",
            "http://example.com",
            "https:///x",
            "ftp://example.com/x",
            "absent-too.md");
  }

  private static List<String> broken(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : MarkdownPage.read(page).links().toList()) {
      Optional<String> problem = problem(page, link);
      problem.ifPresent(words -> broken.add(page.getFileName() + ": " + words + ": " + link));
    }
    return broken;
  }

  private static Optional<String> problem(Path page, String link) throws IOException {
    if (link.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*")) {
      return isReachable(link) ? Optional.empty() : Optional.of("not an https address");
    }
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target =
        path.isEmpty()
            ? page
            : page.resolveSibling(URLDecoder.decode(path, StandardCharsets.UTF_8)).normalize();
    if (!Files.exists(target)) {
      return Optional.of("no such file");
    }
    boolean wantsAnchor = hash >= 0 && target.toString().endsWith(".md");
    return wantsAnchor && !MarkdownPage.read(target).anchors().contains(link.substring(hash + 1))
        ? Optional.of("no such heading")
        : Optional.empty();
  }

  /** Without TLS only what the reader has just started. */
  private static boolean isReachable(String link) {
    try {
      URI uri = new URI(link);
      return ("https".equals(uri.getScheme()) && uri.getHost() != null)
          || ("http".equals(uri.getScheme()) && "localhost".equals(uri.getHost()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
