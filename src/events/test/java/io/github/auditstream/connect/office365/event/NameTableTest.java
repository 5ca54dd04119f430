package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameTableTest {

  @Test
  void findsNamesOfEveryLengthAndNothingElse() {
    Map<String, Integer> values =
        IntStream.rangeClosed(1, 40)
            .boxed()
            .collect(Collectors.toMap(length -> "n".repeat(length - 1) + "x", length -> length));
    NameTable<Integer> table = new NameTable<>(values);

    for (int length = 1; length <= 41; length++) {
      Integer expected = values.get("n".repeat(length - 1) + "x");
      assertThat(find(table, "n".repeat(length - 1) + "x")).isEqualTo(expected);
      assertThat(find(table, "n".repeat(length - 1) + "y")).isNull();
      assertThat(find(table, "m" + "n".repeat(length - 1))).isNull();
    }
    assertThat(find(table, "")).isNull();
  }

  @Test
  void tellsNamesApartThatDifferInTheMiddleOnly() {
    NameTable<String> table =
        new NameTable<>(Map.of("beginning-a-ending", "a", "beginning-b-ending", "b"));

    assertThat(find(table, "beginning-a-ending")).isEqualTo("a");
    assertThat(find(table, "beginning-b-ending")).isEqualTo("b");
    assertThat(find(table, "beginning-c-ending")).isNull();
  }

  @Test
  void readsNoFurtherThanTheName() {
    NameTable<String> table = new NameTable<>(Map.of("Id", "id", "ab", "other"));
    byte[] bytes = "IdIdentity".getBytes(StandardCharsets.UTF_8);

    assertThat(table.find(bytes, 0, 2)).isEqualTo("id");
    assertThat(table.find(bytes, 0, 3)).isNull();
    assertThat(table.find(bytes, bytes.length - 2, 2)).isNull();
  }

  @Test
  void findsNothingWhenEmpty() {
    NameTable<String> empty = new NameTable<>(Map.of());

    assertThat(find(empty, "Id")).isNull();
  }

  private static <T> @Nullable T find(NameTable<T> table, String name) {
    byte[] bytes = ("\"" + name + "\"").getBytes(StandardCharsets.UTF_8);
    return table.find(bytes, 1, bytes.length - 2);
  }
}
