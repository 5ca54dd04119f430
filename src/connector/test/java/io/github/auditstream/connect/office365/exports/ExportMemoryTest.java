package io.github.auditstream.connect.office365.exports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How large a file is does not decide how much memory is used. */
@Timeout(300)
class ExportMemoryTest {

  @Test
  void readsFilesThatAreLargerThanTheHeap() throws Exception {
    String printed =
        ForkedJvm.run(ExportMemoryMain.class, List.of("-Xmx48m"), Map.of(), List.of("60"));

    assertThat(printed.lines())
        .anyMatch(line -> line.matches("CSV: \\d{8,9} bytes, \\d{5} events, 0 refused.*"))
        .anyMatch(line -> line.matches("UTF-16: \\d{8,9} bytes, \\d{5} events, 0 refused.*"))
        .anyMatch(line -> line.matches("JSON: \\d{8,9} bytes, \\d{5} events, 0 refused.*"))
        .anyMatch(line -> line.matches("OPEN: \\d{8} bytes, 0 events, 1 refused with \\d{8} .*"));
  }
}
