package io.github.auditstream.connect.office365.benchmark;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A connector's topics. */
final class Topics {
  private Topics() {}

  /** Those that hold audit events. */
  static List<String> eventTopics(Admin admin, String prefix) {
    List<String> own = List.of(prefix + ".receipts", prefix + ".status", prefix + ".deadletter");
    return all(admin, prefix).stream().filter(topic -> !own.contains(topic)).toList();
  }

  /** Deletes everything that a connector has written, to keep the disk free. */
  static void delete(Admin admin, String prefix) {
    try {
      admin.deleteTopics(all(admin, prefix)).all().get();
    } catch (ExecutionException e) {
      throw new BenchmarkException("the topics of " + prefix + " could not be deleted", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static List<String> all(Admin admin, String prefix) {
    try {
      return admin.listTopics().names().get().stream()
          .filter(topic -> topic.startsWith(prefix + "."))
          .sorted()
          .toList();
    } catch (ExecutionException e) {
      throw new BenchmarkException("the topics could not be listed", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static BenchmarkException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new BenchmarkException("interrupted while asking the broker", e);
  }
}
