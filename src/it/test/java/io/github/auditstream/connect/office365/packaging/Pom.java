package io.github.auditstream.connect.office365.packaging;

import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Properties of the build. */
final class Pom {
  private Pom() {}

  static String property(String name) throws IOException {
    Matcher matcher =
        Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(Pattern.quote(name)))
            .matcher(Files.readString(Repository.file("pom.xml")));
    if (!matcher.find()) {
      throw new IllegalArgumentException("pom.xml has no " + name);
    }
    return matcher.group(1);
  }

  static LocalDate releaseDate() throws IOException {
    return LocalDate.parse(property("release.date"));
  }

  /** What {@code project.build.outputTimestamp} says. */
  static LocalDateTime releaseTime() throws IOException {
    return releaseDate().atStartOfDay();
  }
}
