package io.github.auditstream.connect.office365.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.B: why\\n\\tat c.D\\nCaused by: e.F: deeper\\n\\tat g.H\\nCaused by: i.J: root\\n\\t... 4 more | i.J: root",
        "a.B: why\\n\\tat c.D | a.B: why",
        "a.B: why\\nsecond line\\n\\tat c.D | a.B: why",
        "'' | ''"
      })
  void namesTheInnermostCause(String trace, String reason) {
    assertThat(Follower.reason(trace.translateEscapes())).isEqualTo(reason);
  }
}
