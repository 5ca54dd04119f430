package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.config.ConnectionSettings;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.CredentialKeys;
import io.github.auditstream.connect.office365.config.NetworkKeys;
import io.github.auditstream.connect.office365.config.TenantKeys;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.http.ConnectionFailure;
import java.util.Objects;
import java.util.Set;

/**
 * Says which key is to be changed where a tenant's token is refused, or an API cannot be reached.
 *
 * @param endpoint the key of the API's endpoint in a custom cloud
 */
record ConnectionDiagnosis(ConnectionSettings settings, TenantSettings tenant, String endpoint) {
  /** The assertion, which MSAL signs or the worker's file holds, is not valid now. */
  private static final String ASSERTION_TIME = "AADSTS700024";

  private static final Set<String> OTHER_CLOUD =
      Set.of("AADSTS90038", "AADSTS900382", "AADSTS900432");

  /** For words: the alias and the id. */
  String tenantInWords() {
    return "tenant " + tenant.alias() + " (" + tenant.tenantId() + ")";
  }

  Finding of(TokenException refusal) {
    return Finding.error(
        key(refusal), Objects.requireNonNullElse(refusal.getMessage(), "No token."));
  }

  private String key(TokenException refusal) {
    String code = refusal.code().orElse("");
    if (refusal.setting().isPresent()) {
      String key = refusal.setting().get();
      if (key.equals(CommonKeys.CLOUD.key()) && settings.cloud().custom()) {
        return OTHER_CLOUD.contains(code) ? CommonKeys.AUTHORITY_ENDPOINT.key() : endpoint;
      }
      return key.equals(CredentialKeys.CLIENT_SECRET.key()) ? credentialKey() : key;
    }
    if (refusal.connectionFailure().isPresent()) {
      return key(refusal.connectionFailure().get(), CommonKeys.AUTHORITY_ENDPOINT.key());
    }
    if (code.equals(ASSERTION_TIME)) {
      return credentialKey();
    }
    if (refusal.kind() == TokenException.Kind.REFUSED) {
      return TenantKeys.CLIENT_ID.key();
    }
    // An answer, but none that points to anything here: Microsoft has an outage, or it is not
    // Microsoft.
    return code.isEmpty()
        ? wayKey(CommonKeys.AUTHORITY_ENDPOINT.key())
        : NetworkKeys.VALIDATE_CONNECTION.key();
  }

  private String credentialKey() {
    Credential credential = tenant.credential();
    if (credential instanceof Credential.ClientCertificate) {
      return CredentialKeys.CERTIFICATE_LOCATION.key();
    }
    if (credential instanceof Credential.FederatedToken) {
      return CredentialKeys.ASSERTION_LOCATION.key();
    }
    return credential instanceof Credential.ManagedIdentity
        ? CredentialKeys.MANAGED_IDENTITY.key()
        : CredentialKeys.CLIENT_SECRET.key();
  }

  /** The API could not be reached. */
  String key(ConnectionFailure failure) {
    return key(failure, endpoint);
  }

  private String key(ConnectionFailure failure, String asked) {
    return switch (failure) {
      case PROXY_WANTS_PASSWORD -> proxyPasswordKey();
      case PROXY_REFUSES -> NetworkKeys.PROXY_HOST.key();
      case TLS_FAILED ->
          settings.http().ssl().containsKey("ssl.truststore.certificates")
              ? "ssl.truststore.certificates"
              : "ssl.truststore.location";
      case NAME_NOT_RESOLVED, NOT_CONNECTED, NO_ANSWER, BROKEN_OFF -> wayKey(asked);
    };
  }

  String proxyPasswordKey() {
    boolean hasPassword = settings.http().proxy().flatMap(proxy -> proxy.password()).isPresent();
    return hasPassword ? NetworkKeys.PROXY_PASSWORD.key() : NetworkKeys.PROXY_USER.key();
  }

  /** Something on the way to the API answers in its place. */
  String wayKey() {
    return wayKey(endpoint);
  }

  /** A proxy is met first; the endpoints of a Microsoft cloud are not the user's to change. */
  private String wayKey(String asked) {
    boolean direct = settings.http().proxy().isEmpty();
    return direct && settings.cloud().custom() ? asked : NetworkKeys.PROXY_HOST.key();
  }
}
