package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.auth.AssertionFile;
import io.github.auditstream.connect.office365.auth.CertificateFile;
import io.github.auditstream.connect.office365.auth.UnusableCredentialException;
import io.github.auditstream.connect.office365.config.ConfigCheck;
import io.github.auditstream.connect.office365.config.ConfigErrors;
import io.github.auditstream.connect.office365.config.ConnectionSettings;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.HttpSettings;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.config.Validation;
import io.github.auditstream.connect.office365.http.ProxyAuthentication;
import java.time.Clock;
import java.util.Map;

/**
 * Finds what depends on the worker it runs on: certificates, assertion files, trust stores, and
 * whether the JVM lets a password through to a proxy. Does not use the network.
 *
 * @param clock to compare the certificates' validity with
 */
public record WorkerChecks(Clock clock) implements ConfigCheck<ConnectionSettings> {
  @Override
  public void check(Map<String, String> props, ConnectionSettings settings, ConfigErrors errors) {
    settings.tenants().forEach(tenant -> checkCredential(props, tenant, errors));
    if (!errors.hasBelow("ssl.")) {
      TlsStoreCheck.TRUSTSTORE.check(settings.http().ssl(), errors);
      TlsStoreCheck.KEYSTORE.check(settings.http().ssl(), errors);
    }
    boolean passwordIsBlocked =
        settings.http().proxy().flatMap(HttpSettings.Proxy::user).isPresent()
            && !ProxyAuthentication.basicIsAllowed();
    if (passwordIsBlocked) {
      errors.add(NetworkKeys.PROXY_USER.key(), ProxyAuthentication.blocked());
    }
  }

  private void checkCredential(
      Map<String, String> props, TenantSettings tenant, ConfigErrors errors) {
    try {
      if (tenant.credential() instanceof Credential.ClientCertificate certificate) {
        CertificateFile.read(certificate).requireValidAt(clock.instant());
      } else if (tenant.credential() instanceof Credential.FederatedToken token) {
        AssertionFile.read(token.location());
      }
    } catch (UnusableCredentialException e) {
      errors.add(Validation.keyInUse(props, tenant.alias(), e.key()), e);
    }
  }
}
