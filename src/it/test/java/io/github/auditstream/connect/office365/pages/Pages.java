package io.github.auditstream.connect.office365.pages;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The repository's pages, and their fenced blocks. */
public final class Pages {
  static final Path README = Repository.file("README.md");
  private static final Path DOCS = Repository.file("docs");
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");
  private static final Pattern MARKER = Pattern.compile(" *<!-- (run|example): (.*) -->");
  private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)");

  private Pages() {}

  /**
   * A fenced block.
   *
   * @param language what follows the fence; may be empty
   * @param mark what a comment right before it says: {@code worker}, {@code record} and so on; may
   *     be empty
   * @param text its lines, without the indentation of the fence
   */
  public record Block(String language, String mark, String text) {}

  /** Every Markdown file of the repository. */
  static List<Path> all() throws IOException {
    List<Path> pages = new ArrayList<>();
    Files.walkFileTree(
        README.getParent(),
        new SimpleFileVisitor<>() {
          /** What is built goes and comes while it is looked at. */
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && file.toString().endsWith(".md")) {
              pages.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return pages;
  }

  /** The README and all below {@code docs}: what the archives hold. */
  static List<Path> shipped() throws IOException {
    return all().stream().filter(page -> page.equals(README) || page.startsWith(DOCS)).toList();
  }

  /** A page below {@code docs}. */
  public static Path doc(String name) {
    return DOCS.resolve(name);
  }

  /** The blocks of a page, in their order. */
  public static List<Block> blocks(Path page) {
    List<Block> blocks = new ArrayList<>();
    String mark = "";
    List<String> lines = lines(page);
    for (int i = 0; i < lines.size(); i++) {
      Matcher marker = MARKER.matcher(lines.get(i));
      Matcher fence = FENCE.matcher(lines.get(i));
      if (marker.matches()) {
        mark = marker.group(2);
      } else if (fence.matches()) {
        String indent = fence.group(1);
        StringBuilder block = new StringBuilder();
        for (i++; !lines.get(i).equals(indent + "```"); i++) {
          block.append(lines.get(i).replaceFirst("^" + indent, "")).append('\n');
        }
        blocks.add(new Block(fence.group(2), mark, block.toString()));
        mark = "";
      } else if (!lines.get(i).isBlank()) {
        mark = "";
      }
    }
    return blocks;
  }

  /** The texts of a page's blocks in a language, in their order. */
  public static List<String> blocks(Path page, String language) {
    return blocks(page).stream()
        .filter(block -> block.language().equals(language))
        .map(Block::text)
        .toList();
  }

  /** The text of the only block of a page with that mark. */
  public static String block(Path page, String mark) {
    List<Block> found = blocks(page).stream().filter(block -> block.mark().equals(mark)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          found.size() + " blocks of " + page + " are marked " + mark + ", not one");
    }
    return found.get(0).text();
  }

  private static List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
