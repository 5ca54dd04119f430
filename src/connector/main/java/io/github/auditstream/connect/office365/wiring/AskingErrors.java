package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.config.ConfigErrors;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import io.github.auditstream.connect.office365.config.Validation;
import io.github.auditstream.connect.office365.preflight.Finding;
import io.github.auditstream.connect.office365.preflight.TenantFindings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes errors of a validation from what asking Microsoft has brought. What is only worth knowing
 * is logged.
 *
 * @param props the configuration as it was written
 */
record AskingErrors(Map<String, String> props, ConfigErrors errors) {
  private static final Logger LOG = LoggerFactory.getLogger(AskingErrors.class);

  /** Connect gives up on a request after 90 seconds, and whoever sent it sooner. */
  static final Duration DEADLINE = Duration.ofSeconds(25);

  interface Asking {
    List<? extends TenantFindings> ask() throws InterruptedException;
  }

  void add(Asking asking) {
    try {
      for (TenantFindings tenant : asking.ask()) {
        tenant.findings().forEach(finding -> add(tenant.tenant().alias(), finding));
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

  private void add(String alias, Finding finding) {
    if (finding.severity() == Finding.Severity.ERROR) {
      errors.addDescribed(Validation.keyInUse(props, alias, finding.key()), finding.description());
    } else {
      LOG.warn("Validation, {}: {}", finding.key(), finding.description());
    }
  }
}
