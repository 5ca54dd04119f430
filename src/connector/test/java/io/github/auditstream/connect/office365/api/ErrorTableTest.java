package io.github.auditstream.connect.office365.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.api.ErrorBody.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTableTest {

  @Test
  void hasARowForEveryCodeThatTheApiIsKnownToAnswer() throws IOException {
    Path codes =
        Path.of(System.getProperty("office365.shared", "../shared"), "api", "error-codes.json");
    Assumptions.assumeTrue(Files.exists(codes), "error-codes.json is not here");
    Set<String> rows =
        ErrorTable.rows().stream().map(ErrorTable.Row::code).collect(Collectors.toSet());

    Set<String> known =
        Stream.of(new ObjectMapper().readTree(codes.toFile()).get("codes"))
            .flatMap(list -> Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(list::get))
            .map((JsonNode code) -> code.get("code").asText())
            .collect(Collectors.toSet());

    assertThat(known).hasSizeGreaterThan(20);
    assertThat(rows).containsAll(known);
  }

  @Test
  void saysCauseAndSourceInEveryRow() {
    assertThat(ErrorTable.rows())
        .allSatisfy(
            row -> {
              assertThat(row.source()).isNotBlank();
              assertThat(row.words().isEmpty()).isEqualTo(row.failure().isEmpty());
              // The place before and the trace behind make a sentence of it.
              assertThat(row.words()).doesNotEndWith(".");
            });
  }

  @Test
  void hasAnAnswerForEveryStatusFormAndOperation() {
    for (int status = 0; status < 1_000; status++) {
      for (Form form : Form.values()) {
        for (Operation operation : Operation.values()) {
          var symptom = new ErrorTable.Symptom(operation, status, new ErrorBody(form, ""));
          assertThat(ErrorTable.rowFor(symptom).failure()).as("%s", symptom).isPresent();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void takesEnabledAlreadyForSuccessOfAStartOnly(Operation operation) {
    var symptom = new ErrorTable.Symptom(operation, 400, new ErrorBody(Form.ERROR, "AF20024"));
    assertThat(ErrorTable.rowFor(symptom).failure().isEmpty())
        .isEqualTo(operation == Operation.START);
  }

  static Stream<Arguments> codes() {
    return Stream.of(
            "DataServiceException FORBIDDEN",
            "AF10001 FORBIDDEN",
            "AF20001 BAD_REQUEST",
            "AF20002 BAD_REQUEST",
            "AF20003 BAD_REQUEST",
            "AF20010 FORBIDDEN",
            "AF20011 FORBIDDEN",
            "AF20012 FORBIDDEN",
            "AF20013 BAD_REQUEST",
            "AF20020 BAD_REQUEST",
            "AF20021 BAD_REQUEST",
            "AF20022 NOT_SUBSCRIBED",
            "AF20023 NOT_SUBSCRIBED",
            "AF20030 BAD_REQUEST",
            "AF20031 BAD_REQUEST",
            "AF20050 GONE",
            "AF20051 EXPIRED",
            "AF20052 BAD_REQUEST",
            "AF20053 BAD_REQUEST",
            "AF20054 BAD_REQUEST",
            "AF20055 BAD_REQUEST",
            "AF429 THROTTLED",
            "429 THROTTLED",
            "AF50000 UNAVAILABLE",
            "AF50005 UNAVAILABLE",
            "AF50006 UNAVAILABLE")
        .map(row -> row.split(" ", -1))
        .map(row -> Arguments.of(row[0], ApiOutcome.Kind.valueOf(row[1])));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("codes")
  void classifiesByTheCodeWhateverTheStatus(String code, ApiOutcome.Kind kind) {
    for (int status : new int[] {200, 400, 401, 403, 404, 429, 500, 503}) {
      var symptom =
          new ErrorTable.Symptom(Operation.RETRIEVE, status, new ErrorBody(Form.ERROR, code));
      assertThat(ErrorTable.rowFor(symptom).failure()).as("status %d", status).contains(kind);
    }
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
            "200 ERROR CONTENT MALFORMED",
            "204 NOTHING CONTENT MALFORMED",
            "302 MARKUP CONTENT UNAVAILABLE",
            "400 ERROR CONTENT BAD_REQUEST",
            "400 MARKUP CONTENT UNAVAILABLE",
            "401 ERROR CONTENT UNAUTHORISED",
            "401 MARKUP CONTENT UNAUTHORISED",
            "403 ERROR CONTENT FORBIDDEN",
            "403 NOTHING RETRIEVE FORBIDDEN",
            "403 MARKUP CONTENT UNAVAILABLE",
            "404 ERROR CONTENT BAD_REQUEST",
            "404 NOTHING NEXT_PAGE BAD_REQUEST",
            "404 ERROR START BAD_REQUEST",
            "404 ERROR RETRIEVE GONE",
            "404 NOTHING RETRIEVE GONE",
            "404 MARKUP RETRIEVE UNAVAILABLE",
            "407 MARKUP CONTENT UNAVAILABLE",
            "408 NOTHING CONTENT UNAVAILABLE",
            "410 OTHER RETRIEVE GONE",
            "410 OTHER CONTENT BAD_REQUEST",
            "429 MARKUP CONTENT THROTTLED",
            "429 NOTHING RETRIEVE THROTTLED",
            "500 ERROR CONTENT UNAVAILABLE",
            "502 MARKUP RETRIEVE UNAVAILABLE",
            "503 NOTHING START UNAVAILABLE",
            "999 NOTHING START UNAVAILABLE")
        .map(row -> row.split(" ", -1))
        .map(
            row ->
                Arguments.of(
                    Integer.parseInt(row[0]),
                    Form.valueOf(row[1]),
                    Operation.valueOf(row[2]),
                    ApiOutcome.Kind.valueOf(row[3])));
  }

  @ParameterizedTest(name = "{0} {1} to {2} is {3}")
  @MethodSource("statuses")
  void classifiesByTheStatusWhereTheCodeIsUnknown(
      int status, Form form, Operation operation, ApiOutcome.Kind kind) {
    for (String code : Arrays.asList("", "AF99999")) {
      var symptom = new ErrorTable.Symptom(operation, status, new ErrorBody(form, code));
      assertThat(ErrorTable.rowFor(symptom).failure()).as(code).contains(kind);
    }
  }
}
