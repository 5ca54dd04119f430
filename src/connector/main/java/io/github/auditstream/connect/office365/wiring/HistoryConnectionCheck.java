package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.ConfigCheck;
import io.github.auditstream.connect.office365.config.ConfigErrors;
import io.github.auditstream.connect.office365.config.HistoryKeys;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Asks Microsoft whether the history of a configuration's tenants can be read, and Kafka whether
 * the topics can, where the configuration wants that and has no error so far.
 *
 * @param clock to compare the server's with
 */
public record HistoryConnectionCheck(Clock clock) implements ConfigCheck<HistorySettings> {
  @Override
  public void check(Map<String, String> props, HistorySettings settings, ConfigErrors errors) {
    if (!errors.isEmpty() || !settings.validateConnection()) {
      return;
    }
    new AskingErrors(props, errors)
        .add(() -> PreflightRun.ofHistory(settings, AskingErrors.DEADLINE, clock));
    try {
      Optional<String> problem = TopicPreflight.problem(settings);
      problem.ifPresent(
          words -> errors.addDescribed(HistoryKeys.BOOTSTRAP_SERVERS.key(), words + "."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      errors.addDescribed(
          NetworkKeys.VALIDATE_CONNECTION.key(), "interrupted before Kafka had answered.");
    }
  }
}
