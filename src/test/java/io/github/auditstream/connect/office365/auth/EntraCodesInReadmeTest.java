package io.github.auditstream.connect.office365.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.readme.Readme;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of Entra ID's codes. */
class EntraCodesInReadmeTest {

  @Test
  void hasEveryCodeThatTheConnectorKnows() {
    String table = Readme.text().split("### By Entra ID's code", 2)[1].split("\n## ", 2)[0];
    Set<Integer> shown =
        Pattern.compile("\\b\\d{5,7}\\b")
            .matcher(table)
            .results()
            .map(MatchResult::group)
            .map(Integer::valueOf)
            .collect(Collectors.toSet());

    assertThat(shown)
        .isEqualTo(EntraCode.all().stream().map(EntraCode::number).collect(Collectors.toSet()));
  }
}
