package io.github.auditstream.connect.office365.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Documentation that is written from the code. To bring it up to date run the tests that hold it
 * with {@code -Doffice365.docs.write=true}.
 */
public final class GeneratedText {
  private static final boolean WRITE = Boolean.getBoolean("office365.docs.write");
  private static final String HOW = "write it anew with -Doffice365.docs.write=true";

  private GeneratedText() {}

  /** A whole page is this text. */
  public static void assertPage(Path page, String text) throws IOException {
    if (WRITE) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, text);
    }
    assertThat(page).usingCharset(StandardCharsets.UTF_8).as(HOW).hasContent(text);
  }

  /** A page has this text between the comments {@code name:begin} and {@code name:end}. */
  public static void assertPart(Path page, String name, String text) throws IOException {
    String begin = "<!-- " + name + ":begin -->\n";
    String end = "<!-- " + name + ":end -->";
    String whole = Files.readString(page);
    assertThat(whole).as("%s has the part %s", page, name).contains(begin, end);
    String before = whole.substring(0, whole.indexOf(begin) + begin.length());
    String right = before + "\n" + text + "\n" + whole.substring(whole.indexOf(end));
    if (WRITE) {
      Files.writeString(page, right);
    }
    assertThat(Files.readString(page)).as("%s, part %s: %s", page, name, HOW).isEqualTo(right);
  }

  /** Text for a table's cell. */
  public static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").strip();
  }
}
