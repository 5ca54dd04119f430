package io.github.auditstream.connect.office365.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page as GitHub shows it, as far as links go.
 *
 * @param file where it is
 * @param text its lines without blocks and spans of code
 * @param anchors what a link can lead to within it
 */
record MarkdownPage(Path file, String text, Set<String> anchors) {
  private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~).*");
  private static final Pattern CODE = Pattern.compile("`+[^`]*`+");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?)#* *$");
  private static final Pattern LINK_TEXT = Pattern.compile("!?\\[([^]]*)]\\([^)]*\\)");
  private static final Pattern NO_PART_OF_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}_ -]");
  private static final Pattern ID = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");
  private static final List<Pattern> LINKS =
      List.of(
          Pattern.compile("]\\(<?([^)\\s>]+)>?(?: +\"[^\"]*\")?\\)"),
          Pattern.compile("^\\[[^]]+]:\\s+(\\S+)", Pattern.MULTILINE),
          Pattern.compile("<([a-z][a-z+.-]*://[^>\\s]+)>"),
          Pattern.compile("(?:href|src)=\"([^\"]+)\""));

  static MarkdownPage read(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    Set<String> anchors = new LinkedHashSet<>();
    Map<String, Integer> times = new HashMap<>();
    boolean code = false;
    for (String line : Files.readAllLines(file)) {
      if (FENCE.matcher(line).matches()) {
        code = !code;
      } else if (!code) {
        HEADING
            .matcher(line)
            .results()
            .forEach(heading -> anchors.add(anchor(heading.group(1), times)));
        String bare = CODE.matcher(line).replaceAll("");
        ID.matcher(bare).results().forEach(id -> anchors.add(id.group(1)));
        text.append(bare).append('\n');
      }
    }
    return new MarkdownPage(file, text.toString(), anchors);
  }

  private static String anchor(String heading, Map<String, Integer> times) {
    String words = LINK_TEXT.matcher(heading).replaceAll("$1").strip().toLowerCase(Locale.ROOT);
    String anchor = NO_PART_OF_AN_ANCHOR.matcher(words).replaceAll("").replace(' ', '-');
    int before = times.merge(anchor, 1, Integer::sum) - 1;
    return before == 0 ? anchor : anchor + "-" + before;
  }

  /** Where its links lead, as they are written. */
  Stream<String> links() {
    return LINKS.stream()
        .flatMap(pattern -> pattern.matcher(text).results())
        .map((MatchResult link) -> link.group(1));
  }
}
