package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.ConfigCheck;
import io.github.auditstream.connect.office365.config.ConfigErrors;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import io.github.auditstream.connect.office365.config.Validation;
import io.github.auditstream.connect.office365.preflight.Depth;
import io.github.auditstream.connect.office365.preflight.Finding;
import io.github.auditstream.connect.office365.preflight.TenantReport;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Microsoft whether a configuration's tenants can be read, where the configuration wants that
 * and has no error so far. What is only worth knowing is logged.
 *
 * @param clock to compare the server's with
 */
public record ConnectionCheck(Clock clock) implements ConfigCheck<ConnectorSettings> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionCheck.class);

  /** Connect gives up on a request after 90 seconds, and whoever sent it sooner. */
  private static final Duration DEADLINE = Duration.ofSeconds(25);

  @Override
  public void check(Map<String, String> props, ConnectorSettings settings, ConfigErrors errors) {
    if (!errors.isEmpty() || !settings.validateConnection()) {
      return;
    }
    try {
      for (TenantReport report : PreflightRun.run(settings, Depth.SHORT, DEADLINE, clock)) {
        for (Finding finding : report.findings()) {
          if (finding.severity() == Finding.Severity.ERROR) {
            String alias = report.tenant().alias();
            errors.addDescribed(
                Validation.keyInUse(props, alias, finding.key()), finding.description());
          } else {
            LOG.warn("Validation, {}: {}", finding.key(), finding.description());
          }
        }
      }
    } catch (ConfigException e) {
      errors.addDescribed(
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
          "the ssl.* and proxy.* settings cannot be used on this worker: check the stores' files"
              + " and passwords.");
    } catch (RuntimeException e) {
      // Its message may quote what was asked with.
      errors.addDescribed(
          NetworkKeys.VALIDATE_CONNECTION.key(),
          "Microsoft could not be asked from this worker ("
              + e.getClass().getSimpleName()
              + "): check the worker's open files and memory, or set it to false to go on without.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      errors.addDescribed(
          NetworkKeys.VALIDATE_CONNECTION.key(), "interrupted before Microsoft had answered.");
    }
  }
}
