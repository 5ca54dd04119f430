package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The build runs what reads JSON on several releases of Jackson: it is the one that it meant. */
class JacksonVersionTest {

  @Test
  void runsOnTheReleaseThatTheBuildNames() throws Exception {
    String property = System.getProperty("office365.jackson", "jackson.version");
    Matcher version =
        Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)</")
            .matcher(Files.readString(Repository.file("pom.xml")));
    assertThat(version.find()).as(property).isTrue();

    assertThat(new JsonFactory().version().toString()).isEqualTo(version.group(1));
  }
}
