package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void jsonIsReadAndWrittenAsItIs() throws Exception {
    String text =
        "{\"a\":[1,-2.50,\"x\\\"y\",true,false,null,{}],\"b\":{\"c\":12345678901234567890}}";

    Object read = JsonText.read(text);

    assertThat(read).asInstanceOf(InstanceOfAssertFactories.MAP).hasSize(2);
    assertThat(JsonText.write(read)).isEqualTo(text);
    assertThat(JsonText.write(Map.of("n", new BigDecimal("1.0")))).isEqualTo("{\"n\":1.0}");
    for (String broken : Arrays.asList("", "{", "[1,", "{} {}", "shh")) {
      assertThatThrownBy(() -> JsonText.read(broken))
          .isInstanceOf(IOException.class)
          .hasMessageNotContaining("shh");
    }
  }

  @Test
  void readsAnObjectWithControlCharacters() throws Exception {
    String text = "{\"a\":[1,2.50,true,null,\"\\u0000\"],\"b\":{}}";

    assertThat(JsonText.write(JsonText.read(text))).isEqualTo(text);
    assertThat(JsonText.readObject(text)).containsEntry("b", Map.of());
  }

  @Test
  void saysWhereATextIsNotJsonWithoutQuotingIt() {
    assertThatThrownBy(() -> JsonText.read("{\n\"a\": secret}"))
        .isInstanceOf(IOException.class)
        .hasMessage("not JSON, at line 2");
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    assertThatThrownBy(() -> JsonText.read("[".repeat(5_000)))
        .isInstanceOf(IOException.class)
        .hasMessage("no JSON that can be read");
  }
}
