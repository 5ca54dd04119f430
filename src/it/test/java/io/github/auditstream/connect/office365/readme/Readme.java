package io.github.auditstream.connect.office365.readme;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README, and the fenced blocks of it and of other pages. */
public final class Readme {
  /** Where it is. */
  public static final Path FILE = Repository.file("README.md");

  private static final Pattern MARKER = Pattern.compile(" *<!-- (run|example): (.*) -->");
  private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)");

  private Readme() {}

  /**
   * A fenced block.
   *
   * @param language what stands behind the fence; may be empty
   * @param mark what a comment right before it says: {@code worker}, {@code record} and so on; may
   *     be empty
   * @param text its lines, without the indentation of the fence
   */
  public record Block(String language, String mark, String text) {}

  /** The whole text. */
  public static String text() {
    return text(FILE);
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its blocks, in their order. */
  public static List<Block> blocks() {
    return blocks(FILE);
  }

  /** The blocks of a page, in their order. */
  public static List<Block> blocks(Path page) {
    List<Block> blocks = new ArrayList<>();
    String mark = "";
    List<String> lines = text(page).lines().toList();
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

  /** The text of the only block with that mark. */
  public static String block(String mark) {
    return block(FILE, mark);
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
}
