package io.github.auditstream.connect.office365.config;

import java.nio.file.Path;
import java.time.Clock;

/** Finds what is wrong on this worker, rather than in the configuration's text. */
final class WorkerChecks {
  private final Problems problems;
  private final CredentialReader credentials;
  private final Clock clock;

  WorkerChecks(Values values, Clock clock) {
    this.problems = values.problems();
    this.credentials = new CredentialReader(values);
    this.clock = clock;
  }

  void check(ConnectorSettings settings) {
    settings.tenants().forEach(this::checkCredential);
    boolean sslIsReadable = SslKeys.ALL.stream().noneMatch(ssl -> problems.has(ssl.key()));
    if (sslIsReadable) {
      TlsContext.check(settings.http().ssl(), problems);
    }
    boolean passwordIsBlocked =
        settings.http().proxy().flatMap(HttpSettings.Proxy::user).isPresent()
            && !ProxyAuthentication.basicIsAllowed();
    if (passwordIsBlocked) {
      problems.add(Keys.PROXY_USER, ProxyAuthentication.blocked());
    }
  }

  private void checkCredential(TenantSettings tenant) {
    String prefix = credentials.prefix(tenant.alias());
    if (tenant.credential() instanceof Credential.ClientCertificate certificate) {
      checkCertificate(prefix, certificate);
    } else if (tenant.credential() instanceof Credential.FederatedToken token) {
      checkAssertion(prefix + Keys.ASSERTION_LOCATION, token.location());
    }
  }

  private void checkCertificate(String prefix, Credential.ClientCertificate certificate) {
    try {
      CertificateFile.read(certificate).requireValidAt(clock.instant());
    } catch (UnusableCertificateException e) {
      problems.add(prefix + e.key(), e.fault(), e.mend());
    }
  }

  private void checkAssertion(String key, Path location) {
    try {
      AssertionFile.read(location);
    } catch (Fault fault) {
      problems.add(key, fault);
    }
  }
}
