package io.github.auditstream.connect.office365.quickstart.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.testkit.OptionException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChaosOptionsTest {
  private static final Duration LENGTH = Duration.ofMinutes(5);

  @Test
  void takesTheGivenOptions() {
    Map<String, String> said = Map.of("seed", "-42", "length", "PT10M", "keep", "true");

    assertThat(ChaosOptions.from(said::get, LENGTH))
        .isEqualTo(new ChaosOptions(-42, Duration.ofMinutes(10), true));
  }

  @Test
  void choosesASeedWhereNoneIsGiven() {
    LongStream seeds =
        LongStream.range(0, 20).map(i -> ChaosOptions.from(name -> null, LENGTH).seed());

    assertThat(seeds.distinct().count()).isGreaterThan(1);
    assertThat(ChaosOptions.from(name -> null, LENGTH).length()).isEqualTo(LENGTH);
  }

  @Test
  void namesTheCommandThatTakesTheSameStepsAgain() {
    assertThat(new ChaosOptions(7, Duration.ofSeconds(90), false).command())
        .isEqualTo("mvn -Pchaos -Dchaos.seed=7 -Dchaos.length=PT1M30S");
  }

  @ParameterizedTest
  @CsvSource({"seed, many", "seed, 1.5", "length, 5", "length, PT0S", "length, PT-1M"})
  void namesTheWrongOption(String name, String value) {
    assertThatThrownBy(() -> ChaosOptions.from(Map.of(name, value)::get, LENGTH))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("-Dchaos." + name + "=")
        .hasMessageContaining(" is not ");
  }
}
