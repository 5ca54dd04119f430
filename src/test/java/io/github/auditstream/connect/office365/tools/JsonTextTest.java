package io.github.auditstream.connect.office365.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void readsWhatItWrote() throws Exception {
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
