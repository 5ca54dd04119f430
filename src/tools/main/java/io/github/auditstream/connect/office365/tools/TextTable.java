package io.github.auditstream.connect.office365.tools;

import java.io.PrintStream;
import java.util.List;

/** Lines of cells, each column as wide as its widest cell. */
final class TextTable {
  private TextTable() {}

  /**
   * Writes it.
   *
   * @param lines all of one length
   * @param firstNumber the first column that is aligned to the right
   */
  static void write(List<List<String>> lines, int firstNumber, PrintStream out) {
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        String blanks = " ".repeat(width - line.get(column).length());
        text.append(column == 0 ? "" : " | ")
            .append(column < firstNumber ? line.get(column) + blanks : blanks + line.get(column));
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
