package io.github.auditstream.connect.office365.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.fixtures.Repository;
import io.github.auditstream.connect.office365.testkit.OptionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickStartOptionsTest {
  @Test
  void runsUntilItIsInterruptedWhereNothingIsSaid() {
    assertThat(QuickStartOptions.from(name -> null))
        .isEqualTo(
            new QuickStartOptions(
                Repository.file("config/quickstart.json"),
                OptionalLong.empty(),
                50,
                Duration.ofMinutes(2),
                OptionalInt.empty(),
                false));
  }

  @Test
  void takesTheGivenOptions() {
    Map<String, String> said =
        Map.of(
            "connector", "my.json",
            "events", "5000",
            "rate", "0.5",
            "patience", "PT30S",
            "history", "30",
            "keep", "true");

    assertThat(QuickStartOptions.from(said::get))
        .isEqualTo(
            new QuickStartOptions(
                Path.of("my.json"),
                OptionalLong.of(5000),
                0.5,
                Duration.ofSeconds(30),
                OptionalInt.of(30),
                true));
  }

  @ParameterizedTest
  @CsvSource({
    "events, 0",
    "events, many",
    "rate, -1",
    "rate, NaN",
    "rate, fast",
    "patience, 5",
    "history, 7",
    "history, a month"
  })
  void namesTheWrongOption(String name, String value) {
    assertThatThrownBy(() -> QuickStartOptions.from(Map.of(name, value)::get))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("-Dquickstart." + name + "=" + value + " is not ");
  }
}
