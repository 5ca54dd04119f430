package io.github.auditstream.connect.office365.it.sinks;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of {@code docs/sinks} and its fenced blocks. */
record Page(List<Block> blocks) {
  static final Path FOLDER = Repository.file("docs", "sinks");
  private static final Pattern FENCED =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** What stands between two fences, and the language behind the first. */
  record Block(String language, String text) {}

  static Page read(String file) throws IOException {
    Matcher fenced = FENCED.matcher(Files.readString(FOLDER.resolve(file)));
    List<Block> blocks = new ArrayList<>();
    while (fenced.find()) {
      blocks.add(new Block(fenced.group(1), fenced.group(2)));
    }
    return new Page(blocks);
  }

  List<String> blocks(String language) {
    return blocks.stream()
        .filter(block -> block.language().equals(language))
        .map(Block::text)
        .toList();
  }
}
