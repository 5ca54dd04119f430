package io.github.auditstream.connect.office365.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePartitionsTest {

  /** A map that Connect has read from JSON has this order, in every JVM. */
  @ParameterizedTest
  @ValueSource(strings = {"slice", "history"})
  void standInTheOrderInWhichConnectLooksThemUp(String key) {
    Map<String, String> connects = new HashMap<>();
    connects.put(key, "x");
    connects.put("tenant", "t");

    assertThat(SourcePartitions.of("t", key, "x").toString()).isEqualTo(connects.toString());
  }

  @Test
  void slicesHaveThem() {
    Slice slice = new Slice("t", Instant.EPOCH, Instant.EPOCH.plusSeconds(1), List.of());

    assertThat(slice.sourcePartition())
        .hasToString(SourcePartitions.of("t", "slice", slice.name()).toString());
  }
}
