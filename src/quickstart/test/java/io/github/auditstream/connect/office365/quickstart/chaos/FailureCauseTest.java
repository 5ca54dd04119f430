package io.github.auditstream.connect.office365.quickstart.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureCauseTest {
  private static final String FENCED =
      """
      org.apache.kafka.connect.errors.ConnectException: Failed to flush, refer to logs
      \tat org.apache.kafka.connect.runtime.ExactlyOnceWorkerSourceTask.commitTransaction(Exactly.java:1)
      Caused by: org.apache.kafka.common.errors.ProducerFencedException: There is a newer producer
      """;

  @Test
  void namesTheFirstExceptionAndTheOneAtTheRoot() {
    assertThat(FailureCause.of(FENCED).name())
        .isEqualTo("ConnectException < ProducerFencedException");
  }

  @Test
  void attributesAFencedProducerToTheCluster() {
    assertThat(FailureCause.of(FENCED).isTheCluster()).isTrue();
  }

  @Test
  void attributesAnUnresponsiveLeaderToTheCluster() {
    String trace =
        """
        org.apache.kafka.connect.runtime.rest.errors.ConnectRestException: IO Error trying to forward REST request
        \tat org.apache.kafka.connect.runtime.rest.RestClient.httpRequest(RestClient.java:208)
        Caused by: java.io.EOFException: closed
        """;

    assertThat(FailureCause.of(trace).isTheCluster()).isTrue();
  }

  @Test
  void attributesARefusingLeaderToTheCluster() {
    String trace =
        """
        org.apache.kafka.connect.errors.ConnectException: Failed to perform zombie fencing
        \tat org.apache.kafka.connect.util.ConnectUtils.maybeWrap(ConnectUtils.java:192)
        \tat org.apache.kafka.connect.runtime.distributed.DistributedHerder$ZombieFencing.lambda$addCallback$0(DistributedHerder.java:2968)
        Caused by: java.util.concurrent.CompletionException: org.apache.kafka.connect.runtime.rest.errors.ConnectRestException: Fencing failed
        \t... 22 more
        Caused by: org.apache.kafka.connect.runtime.rest.errors.ConnectRestException: Fencing failed because new task configurations were generated for the connector
        \tat org.apache.kafka.connect.runtime.distributed.DistributedHerder$ZombieFencing.onZombieFencingSuccess(DistributedHerder.java:2921)
        """;

    assertThat(FailureCause.of(trace).isTheCluster()).isTrue();
  }

  @Test
  void attributesATaskRevokedBeforeItsStartToTheCluster() {
    String trace =
        """
        org.apache.kafka.connect.errors.ConnectException: Cannot start source task as it has already been revoked from this worker
        \tat org.apache.kafka.connect.runtime.distributed.DistributedHerder.lambda$verifyTaskGenerationAndOwnership$0(DistributedHerder.java:1)
        """;

    assertThat(FailureCause.of(trace).isTheCluster()).isTrue();
  }

  @Test
  void doesNotAttributeAConnectorBugInsideTheHerderToTheCluster() {
    String trace =
        """
        org.apache.kafka.connect.errors.ConnectException: Could not divide the feeds
        \tat io.github.auditstream.connect.office365.Office365AuditSourceConnector.taskConfigs(Office365AuditSourceConnector.java:1)
        \tat org.apache.kafka.connect.runtime.distributed.DistributedHerder.reconfigureConnector(DistributedHerder.java:1)
        """;

    assertThat(FailureCause.of(trace).isTheCluster()).isFalse();
  }

  @Test
  void doesNotAttributeAConnectorBugToTheCluster() {
    String trace =
        """
        org.apache.kafka.connect.errors.ConnectException: A bug in the connector stopped a feed
        \tat io.github.auditstream.connect.office365.feed.FeedPipeline.drain(FeedPipeline.java:1)
        Caused by: java.lang.IllegalStateException
        \t... 8 more
        """;

    assertThat(FailureCause.of(trace).isTheCluster()).isFalse();
    assertThat(FailureCause.of(trace).name()).isEqualTo("ConnectException < IllegalStateException");
  }

  @Test
  void doesNotAttributeATraceWithoutACauseToTheCluster() {
    assertThat(FailureCause.of("").isTheCluster()).isFalse();
    assertThat(FailureCause.of("").name()).isEqualTo("unknown");
  }
}
