package io.github.auditstream.connect.office365.quickstart;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;

/**
 * Where the quick start shows itself: lines that stay and, on a terminal, a few below them that are
 * drawn anew in place. Safe for many threads.
 */
final class Screen {
  private final PrintStream out;
  private final boolean terminal;
  private List<String> live = List.of();

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Colours and cursor moves where somebody watches, plain lines where the output is kept. */
  static Screen standard() {
    return new Screen(System.out, interactive() && !"dumb".equals(System.getenv("TERM")));
  }

  @SuppressWarnings("SystemConsoleNull") // From Java 22 on isTerminal() says what null said before.
  private static boolean interactive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  boolean isTerminal() {
    return terminal;
  }

  /** Prints lines that stay, above the live ones. */
  synchronized void print(List<String> lines) {
    List<String> below = live;
    clearLive();
    lines.forEach(out::println);
    draw(below);
  }

  void print(String line) {
    print(List.of(line));
  }

  /** Draws these in place of the live lines before; prints them where there is no terminal. */
  synchronized void live(List<String> lines) {
    clearLive();
    draw(lines);
  }

  /** Lets the live lines stay where they are. */
  synchronized void settle() {
    live = List.of();
  }

  private void clearLive() {
    if (terminal && !live.isEmpty()) {
      out.printf("\u001b[%dA\r\u001b[J", live.size());
    }
    live = List.of();
  }

  private void draw(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
    live = terminal ? List.copyOf(lines) : List.of();
  }
}
