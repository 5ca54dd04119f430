package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.auth.AssertionFile;
import io.github.auditstream.connect.office365.auth.CertificateFile;
import io.github.auditstream.connect.office365.auth.UnusableCertificateException;
import io.github.auditstream.connect.office365.config.ConfigCheck;
import io.github.auditstream.connect.office365.config.ConfigErrors;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.CredentialKeys;
import io.github.auditstream.connect.office365.config.HttpSettings;
import io.github.auditstream.connect.office365.config.InvalidValueException;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import io.github.auditstream.connect.office365.config.Office365AuditSourceConfig;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.http.ProxyAuthentication;
import java.time.Clock;
import java.util.Map;

/**
 * Finds what depends on the worker it runs on: certificates, assertion files, trust stores, and
 * whether the JVM lets a password through to a proxy. Does not use the network.
 */
public final class WorkerChecks implements ConfigCheck {
  private final Clock clock;

  /**
   * @param clock to compare the certificates' validity with
   */
  public WorkerChecks(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void check(Map<String, String> props, ConnectorSettings settings, ConfigErrors errors) {
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
    if (tenant.credential() instanceof Credential.ClientCertificate certificate) {
      try {
        CertificateFile.read(certificate).requireValidAt(clock.instant());
      } catch (UnusableCertificateException e) {
        errors.add(keyInUse(props, tenant, e.key()), e.reason(), e.fix());
      }
    } else if (tenant.credential() instanceof Credential.FederatedToken token) {
      try {
        AssertionFile.read(token.location());
      } catch (InvalidValueException e) {
        errors.add(keyInUse(props, tenant, CredentialKeys.ASSERTION_LOCATION.key()), e);
      }
    }
  }

  private static String keyInUse(Map<String, String> props, TenantSettings tenant, String key) {
    return Office365AuditSourceConfig.keyInUse(props, tenant.alias(), key);
  }
}
