package io.github.auditstream.connect.office365.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server sends does not decide how much memory is used. */
@Timeout(300)
class BoundedMemoryTest {

  @Test
  void anAnswerThatDoesNotEndFailsAndTheNextIsAsked() throws Exception {
    String printed =
        ForkedJvm.run(BoundedMemoryMain.class, List.of("-Xmx192m"), Map.of(), List.of());

    assertThat(printed.lines())
        .anyMatch(
            line ->
                line.startsWith("LISTING: Failed[kind=MALFORMED") && line.contains("longer than"))
        .anyMatch(
            line ->
                line.startsWith("LIST_OF_BLOBS: Failed[kind=MALFORMED")
                    && line.contains("longer than"))
        .anyMatch(line -> line.startsWith("ERROR_BODY: Failed[kind=UNAVAILABLE, status=500"))
        .anyMatch(line -> line.startsWith("HEADERS: Failed[kind=UNAVAILABLE, status=0"))
        .anyMatch(line -> line.startsWith("HEADER: Failed[kind=UNAVAILABLE, status=0"))
        .anyMatch(line -> line.startsWith("STATUS_LINE: Failed[kind=UNAVAILABLE, status=0"))
        .anyMatch(line -> line.startsWith("TOKEN: ") && line.contains("TokenException"))
        .anyMatch(line -> line.matches("ELEMENT: refused \\d{9} kept 65536, an event"))
        .contains("all is asked");
    assertThat(printed).doesNotContain("OutOfMemoryError");
  }
}
