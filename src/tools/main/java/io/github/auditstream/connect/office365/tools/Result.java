package io.github.auditstream.connect.office365.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command found, in each form that it can be printed in.
 *
 * @param table its columns, rows and, unless empty, the row of sums
 * @param firstNumber the first column that is aligned to the right
 * @param second a table behind the first one; its numbers begin one column earlier
 * @param lines what is wrong and the verdict, for people
 * @param json all of it
 */
record Result(
    Table table, int firstNumber, Optional<Table> second, List<String> lines, JsonNode json) {
  Result(Table table, int firstNumber, List<String> lines, JsonNode json) {
    this(table, firstNumber, Optional.empty(), lines, json);
  }

  /** Columns, rows and, unless empty, the row of sums. */
  record Table(List<String> columns, List<List<String>> rows, List<String> sums) {
    private void printCsv(PrintStream out) {
      out.println(String.join(",", columns));
      rows.forEach(row -> out.println(String.join(",", row)));
    }

    /** Each column is as wide as its widest cell. */
    private void print(int firstNumber, PrintStream out) {
      List<List<String>> all = new ArrayList<>(rows);
      all.add(0, columns);
      if (!sums.isEmpty()) {
        all.add(sums);
      }
      for (List<String> row : all) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          int column = i;
          int width = all.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
          String blanks = " ".repeat(width - row.get(i).length());
          cells.add(i < firstNumber ? row.get(i) + blanks : blanks + row.get(i));
        }
        out.println(String.join(" | ", cells).stripTrailing());
      }
    }
  }

  /** A form to print a result in. */
  enum Format {
    /** For people. */
    TABLE,
    /** The rows; the lines go to the messages. */
    CSV,
    /** Everything, as one object. */
    JSON
  }

  void print(Format format, Program program) {
    switch (format) {
      case TABLE -> {
        if (!table.rows().isEmpty() || !table.sums().isEmpty()) {
          table.print(firstNumber, program.out());
          program.out().println();
        }
        second.ifPresent(
            more -> {
              more.print(firstNumber - 1, program.out());
              program.out().println();
            });
        lines.forEach(program.out()::println);
      }
      case CSV -> {
        table.printCsv(program.out());
        second.ifPresent(
            more -> {
              program.out().println();
              more.printCsv(program.out());
            });
        lines.forEach(program.messages()::println);
      }
      case JSON -> program.out().println(json);
    }
  }
}
