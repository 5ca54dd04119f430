package io.github.auditstream.connect.office365.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void drawsLiveLinesOverTheOnesBefore() {
    Screen screen = new Screen(out, true);

    screen.live(List.of("one", "two"));
    screen.live(List.of("three"));

    assertThat(shown()).isEqualTo("one\ntwo\n\u001b[2A\r\u001b[Jthree\n");
  }

  @Test
  void keepsLiveLinesBelowWhatIsPrinted() {
    Screen screen = new Screen(out, true);

    screen.live(List.of("live"));
    screen.print("kept");

    assertThat(shown()).isEqualTo("live\n\u001b[1A\r\u001b[Jkept\nlive\n");
  }

  @Test
  void leavesSettledLinesAlone() {
    Screen screen = new Screen(out, true);

    screen.live(List.of("live"));
    screen.settle();
    screen.print("kept");

    assertThat(shown()).isEqualTo("live\nkept\n");
  }

  @Test
  void writesNoControlCharactersWithoutATerminal() {
    Screen screen = new Screen(out, false);

    screen.live(List.of("one"));
    screen.print("kept");
    screen.live(List.of("two"));

    assertThat(shown()).isEqualTo("one\nkept\ntwo\n");
  }
}
