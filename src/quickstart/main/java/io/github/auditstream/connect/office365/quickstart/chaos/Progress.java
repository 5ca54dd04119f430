package io.github.auditstream.connect.office365.quickstart.chaos;

import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.Pause;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Whether more of a topic is committed than at the last look. For one thread. */
final class Progress implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Admin admin;
  private final TopicPartition partition;
  private long last;

  Progress(ConnectStack stack, String topic) {
    this.admin = stack.broker().admin();
    this.partition = new TopicPartition(topic, 0);
  }

  /** Whether it came to that in time. */
  boolean awaitMore(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    long before = last;
    while (true) {
      last = Math.max(last, committed());
      if (last > before) {
        return true;
      }
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Pause.of(LOOK);
    }
  }

  private long committed() {
    try {
      return admin
          .listOffsets(
              Map.of(partition, OffsetSpec.latest()),
              new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (ExecutionException e) {
      // No topic yet, or a broker that has only just come back: nothing to be seen.
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChaosException("interrupted while looking at " + partition);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
