package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,-2.50,\"x\\\"y\",true,false,null,{}],\"b\":{\"c\":12345678901234567890}}",
        "{\"a\":[1,2.50,true,null,\"\\u0000\"],\"b\":{}}",
        "{\"n\":1.0}"
      })
  void readsAndWritesADocumentAsItIs(String text) throws Exception {
    assertThat(Json.readObject(text)).hasToString(text);
    assertThat(Json.MAPPER.writeValueAsString(Json.MAPPER.readValue(text, Object.class)))
        .isEqualTo(text);
  }

  @Test
  void refusesWhatIsNoObjectWithoutQuotingIt() {
    List<String> broken =
        List.of("", "{", "[1,", "{} {}", "shh", "{\n\"a\": shh}", "[\"shh\"]", "[".repeat(5_000));
    for (String text : broken) {
      assertThatThrownBy(() -> Json.readObject(text))
          .isInstanceOf(IOException.class)
          .hasMessageNotContaining("shh");
    }
  }
}
