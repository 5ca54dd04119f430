package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.auth.CertificateFile;
import io.github.auditstream.connect.office365.auth.UnusableCredentialException;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.CredentialKeys;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is found out of every tenant, whatever is read of it.
 *
 * @param clock the worker's
 */
record CommonFindings(ConnectionDiagnosis diagnosis, Clock clock) {
  /** Entra ID refuses signed assertions from about here on. */
  private static final Duration TOO_MUCH_SKEW = Duration.ofMinutes(5);

  private static final Duration SKEW_WORTH_A_WORD = Duration.ofMinutes(1);
  private static final Duration CERTIFICATE_NEAR_ITS_END = Duration.ofDays(30);

  /** That the tenant was not asked in time. */
  static Finding outOfTime(ConnectionDiagnosis diagnosis, Duration deadline) {
    return Finding.error(
        NetworkKeys.VALIDATE_CONNECTION.key(),
        "the answers for "
            + diagnosis.tenantInWords()
            + " were not there within "
            + deadline.toSeconds()
            + " seconds. Check the network and proxy.host, and try again.");
  }

  /** Whether the certificate, which has just given a token, is near its end. */
  Optional<Finding> ofTheCertificate() {
    if (!(diagnosis.tenant().credential() instanceof Credential.ClientCertificate where)) {
      return Optional.empty();
    }
    try {
      Instant end = CertificateFile.read(where).expiresOn();
      if (Duration.between(clock.instant(), end).compareTo(CERTIFICATE_NEAR_ITS_END) >= 0) {
        return Optional.empty();
      }
      return Optional.of(
          Finding.note(
              CredentialKeys.CERTIFICATE_LOCATION.key(),
              "the certificate of "
                  + diagnosis.tenantInWords()
                  + " ends on "
                  + end
                  + ": register a new one in time."));
    } catch (UnusableCredentialException e) {
      // It gave a token a moment ago; that it is just being replaced is no news.
      return Optional.of(
          Finding.note(e.key(), "for " + diagnosis.tenantInWords() + ": " + e.getMessage() + "."));
    }
  }

  /**
   * Whether the worker's clock is right.
   *
   * @param skew Microsoft's time minus the worker's
   */
  static Optional<Finding> ofTheClock(Duration skew) {
    if (skew.abs().compareTo(SKEW_WORTH_A_WORD) < 0) {
      return Optional.empty();
    }
    String description =
        "the worker's clock is "
            + skew.abs().toSeconds()
            + " s "
            + (skew.isNegative() ? "ahead of" : "behind")
            + " Microsoft's: set it right (NTP).";
    return Optional.of(
        skew.abs().compareTo(TOO_MUCH_SKEW) > 0
            ? Finding.error(NetworkKeys.VALIDATE_CONNECTION.key(), description)
            : Finding.note(NetworkKeys.VALIDATE_CONNECTION.key(), description));
  }
}
