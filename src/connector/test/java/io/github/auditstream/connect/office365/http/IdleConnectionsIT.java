package io.github.auditstream.connect.office365.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import io.github.auditstream.connect.office365.fixtures.Javas;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A firewall that forgets idle connections silently costs no request, on any Java that this machine
 * has: up to 19 the JDK's client keeps connections for 20 minutes, from 20 on for 30 seconds.
 */
class IdleConnectionsIT {
  @TestFactory
  Stream<DynamicTest> asksOverNoConnectionThatMayBeForgotten() {
    return Javas.installed().entrySet().stream()
        .map(java -> dynamicTest("Java " + java.getKey(), () -> asks(java.getValue())));
  }

  private static void asks(Path java) throws Exception {
    assertThat(
            ForkedJvm.run(java, IdleConnectionsMain.class, List.of(), Map.of(), List.of()).lines())
        .containsSubsequence(
            "first [200, 200, 200, 200]", "then [200, 200, 200, 200]", "swallowed 0", "left []");
  }
}
