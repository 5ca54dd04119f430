package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.model.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How the connector proves to Microsoft Entra ID that it is the registered application. A closed
 * set.
 */
public sealed interface Credential {

  /**
   * A client secret of the app registration.
   *
   * @param expiresOn when it ends, if the configuration says so; Entra ID does not
   */
  record ClientSecret(Secret secret, Optional<Instant> expiresOn) implements Credential {

    /** One whose end is not known. */
    public ClientSecret(Secret secret) {
      this(secret, Optional.empty());
    }
  }

  /**
   * A certificate registered with the app.
   *
   * @param location a PKCS#12 key store, or a PEM file with the certificate and, unless {@code
   *     keyLocation} is given, the private key
   * @param type the file's format
   * @param keyLocation the private key's PEM file where it is apart from the certificate
   * @param password of the key store or of the encrypted private key; empty where there is none
   */
  record ClientCertificate(
      Path location, CertificateType type, Optional<Path> keyLocation, Optional<Secret> password)
      implements Credential {}

  /**
   * Workload identity federation: a token of another identity provider, such as a projected
   * Kubernetes service account token, that Entra ID trusts.
   *
   * @param location the file that holds the assertion; read again for each token request, since it
   *     is rotated
   */
  record FederatedToken(Path location) implements Credential {}

  /**
   * The managed identity of the Azure machine that the worker runs on.
   *
   * @param clientId the user-assigned identity's client id; empty for the system-assigned one
   */
  record ManagedIdentity(Optional<String> clientId) implements Credential {}

  /** The format of a certificate file. */
  enum CertificateType {
    PKCS12,
    PEM
  }
}
