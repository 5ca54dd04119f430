package io.github.auditstream.connect.office365.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.graph.AuditQuery;
import io.github.auditstream.connect.office365.graph.GraphVersion;
import io.github.auditstream.connect.office365.graph.QueryRef;
import io.github.auditstream.connect.office365.graph.QueryStatus;
import io.github.auditstream.connect.office365.history.SliceVerdict.Kind;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceVerdictTest {
  private static final OptionalLong NOT_SAID = OptionalLong.empty();

  private static SliceVerdict verdict(
      Optional<Boolean> exceeded, OptionalLong about, OptionalLong limit) {
    return new SliceVerdict(
        new AuditQuery(
            new QueryRef(GraphVersion.V1, "q"),
            "",
            new QueryStatus(QueryStatus.State.SUCCEEDED, "succeeded"),
            Optional.empty(),
            Optional.empty(),
            exceeded,
            about,
            limit));
  }

  @ParameterizedTest
  @CsvSource({
    // Nothing is said: as many as a query can hold at the least are too many.
    ", , 999999, COMPLETE",
    ", , 1000000, TRUNCATED",
    ", 500, 499, COMPLETE",
    ", 500, 500, TRUNCATED",
    // What is said counts, and nothing else.
    "false, 500, 500, COMPLETE",
    "false, , 2000000, COMPLETE",
    "true, 500, 20, TRUNCATED"
  })
  void findsWhatIsTruncated(Boolean exceeded, Long limit, long records, Kind kind) {
    SliceVerdict verdict =
        verdict(
            Optional.ofNullable(exceeded),
            NOT_SAID,
            limit == null ? NOT_SAID : OptionalLong.of(limit));

    assertThat(verdict.of(records, records, true).kind()).isEqualTo(kind);
  }

  @Test
  void readsAgainForEveryRecordThatIsMissing() {
    SliceVerdict verdict = verdict(Optional.of(false), OptionalLong.of(1_000), NOT_SAID);

    assertThat(verdict.of(999, 999, true).kind()).isEqualTo(Kind.READ_AGAIN);
    // The number is approximate, and no more has come.
    assertThat(verdict.of(999, 0, true).kind()).isEqualTo(Kind.COMPLETE);
  }

  @Test
  void endsInDoubtWhereManyStayMissing() {
    SliceVerdict verdict = verdict(Optional.of(false), OptionalLong.of(1_000), NOT_SAID);

    assertThat(verdict.of(900, 900, true).kind()).isEqualTo(Kind.READ_AGAIN);
    assertThat(verdict.of(900, 0, true).kind()).isEqualTo(Kind.READ_AGAIN);
    SliceVerdict.Finding last = verdict.of(900, 0, true);
    assertThat(last.kind()).isEqualTo(Kind.SUSPECT);
    assertThat(last.reason()).contains("1000").contains("900").contains("3 readings");
  }

  @Test
  void readsAgainAsLongAsThatBringsMore() {
    SliceVerdict verdict = verdict(Optional.of(false), OptionalLong.of(100), NOT_SAID);

    assertThat(verdict.of(60, 60, true).kind()).isEqualTo(Kind.READ_AGAIN);
    assertThat(verdict.of(100, 40, true).kind()).isEqualTo(Kind.READ_AGAIN);
    assertThat(verdict.of(100, 0, true).kind()).isEqualTo(Kind.COMPLETE);
  }

  @Test
  void looksTwiceAtAnEmptyDayOfABusyTenant() {
    SliceVerdict verdict = verdict(Optional.empty(), NOT_SAID, NOT_SAID);

    assertThat(verdict.of(0, 0, true).kind()).isEqualTo(Kind.READ_AGAIN);
    assertThat(verdict.of(0, 0, true).kind()).isEqualTo(Kind.COMPLETE);
    assertThat(verdict(Optional.empty(), NOT_SAID, NOT_SAID).of(0, 0, false).kind())
        .isEqualTo(Kind.COMPLETE);
  }
}
