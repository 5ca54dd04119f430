package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.Credential.ClientCertificate;
import io.github.auditstream.connect.office365.config.CredentialKeys;
import io.github.auditstream.connect.office365.config.InvalidValueException;
import io.github.auditstream.connect.office365.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A certificate and its private key, as their files held them when they were read. Hides the key
 * wherever it is printed.
 */
public final class CertificateFile {
  /** What Entra ID asks for at least. */
  private static final int SHORTEST_KEY_BITS = 2048;

  private static final int LONGEST_BYTES = 1 << 20;

  private final PrivateKey privateKey;
  private final List<X509Certificate> chain;

  private CertificateFile(PrivateKey privateKey, List<X509Certificate> chain) {
    this.privateKey = privateKey;
    this.chain = chain;
  }

  /**
   * Reads certificate and key and makes sure that they belong together. Does not look at the clock.
   *
   * @throws UnusableCredentialException naming the key to change
   */
  public static CertificateFile read(ClientCertificate where) throws UnusableCredentialException {
    return switch (where.type()) {
      case PKCS12 -> pkcs12(where);
      case PEM -> pem(where);
    };
  }

  /** The private key; RSA. */
  public PrivateKey privateKey() {
    return privateKey;
  }

  /** The certificate first, then the authorities above it, if the file holds them. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** When the certificate ends. */
  public Instant expiresOn() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /**
   * Refuses a certificate that is not valid now.
   *
   * @throws UnusableCredentialException if the certificate has ended by then, or not yet begun
   */
  public void requireValidAt(Instant now) throws UnusableCredentialException {
    Instant start = chain.get(0).getNotBefore().toInstant();
    if (now.isAfter(expiresOn())) {
      throw new UnusableCredentialException(
          CredentialKeys.CERTIFICATE_LOCATION.key(),
          "names a certificate that ended on " + expiresOn(),
          "register a new certificate with the app, and put it into the file");
    }
    if (now.isBefore(start)) {
      throw new UnusableCredentialException(
          CredentialKeys.CERTIFICATE_LOCATION.key(),
          "names a certificate that begins on " + start,
          "use one that is valid now, or set the worker's clock right");
    }
  }

  @Override
  public String toString() {
    return "CertificateFile[key hidden, expiresOn=" + expiresOn() + "]";
  }

  private static CertificateFile pkcs12(ClientCertificate where)
      throws UnusableCredentialException {
    byte[] bytes = bytes(where.location(), CredentialKeys.CERTIFICATE_LOCATION.key());
    char[] password = where.password().map(Secret::reveal).orElse("").toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw location(
            "names a key store with " + keys.size() + " private keys and their certificates",
            "export one certificate together with its private key");
      }
      return matching(
          (PrivateKey) store.getKey(keys.get(0), password),
          asX509(store.getCertificateChain(keys.get(0))),
          CredentialKeys.CERTIFICATE_LOCATION.key());
    } catch (IOException | GeneralSecurityException e) {
      boolean wrongPassword =
          e instanceof UnrecoverableKeyException
              || e.getCause() instanceof UnrecoverableKeyException;
      if (wrongPassword) {
        throw where.password().isPresent()
            ? password("does not open the key store", "write the password it was exported with")
            : password("is missing, and the key store has one", "write it");
      }
      throw location(
          "names " + where.location() + ", which is not a PKCS#12 key store",
          "name one, or write client.certificate.type=PEM");
    }
  }

  private static List<X509Certificate> asX509(Certificate[] chain) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate : chain) {
      certificates.add((X509Certificate) certificate);
    }
    return certificates;
  }

  private static CertificateFile pem(ClientCertificate where) throws UnusableCredentialException {
    PemFile certificates = pem(where.location(), CredentialKeys.CERTIFICATE_LOCATION.key());
    Path keyPath = where.keyLocation().orElse(where.location());
    String keyKey =
        where.keyLocation().isPresent()
            ? CredentialKeys.CERTIFICATE_KEY_LOCATION.key()
            : CredentialKeys.CERTIFICATE_LOCATION.key();
    PemFile keys = where.keyLocation().isPresent() ? pem(keyPath, keyKey) : certificates;
    List<X509Certificate> chain = certificates.certificates();
    if (chain.isEmpty()) {
      throw location(
          "names " + where.location() + ", which holds no PEM certificate",
          "name a file with a CERTIFICATE section, or write client.certificate.type=PKCS12");
    }
    Optional<PrivateKey> key;
    try {
      key = keys.privateKey(where.password());
    } catch (PemFile.WrongPasswordException e) {
      throw where.password().isPresent()
          ? password("does not open the private key", "write the password it was encrypted with")
          : password("is missing, and the private key is encrypted", "write it");
    } catch (InvalidValueException e) {
      throw new UnusableCredentialException(keyKey, keyPath, e.reason(), e.fix());
    }
    if (key.isEmpty()) {
      throw new UnusableCredentialException(
          keyKey,
          keyPath,
          "holds no private key",
          "add the PRIVATE KEY section, or name its file in client.certificate.key.location");
    }
    return matching(key.get(), chain, keyKey);
  }

  private static PemFile pem(Path location, String key) throws UnusableCredentialException {
    byte[] bytes = bytes(location, key);
    try {
      return PemFile.parse(bytes);
    } catch (InvalidValueException e) {
      throw new UnusableCredentialException(key, location, e.reason(), e.fix());
    }
  }

  private static CertificateFile matching(
      PrivateKey key, List<X509Certificate> chain, String keyKey)
      throws UnusableCredentialException {
    if (!(key instanceof RSAPrivateKey rsa)) {
      throw new UnusableCredentialException(
          keyKey,
          "names a private key of the algorithm " + key.getAlgorithm(),
          "use a certificate with an RSA key: Entra ID takes no other");
    }
    if (rsa.getModulus().bitLength() < SHORTEST_KEY_BITS) {
      throw new UnusableCredentialException(
          keyKey,
          "names a private key of " + rsa.getModulus().bitLength() + " bits",
          "use an RSA key of at least " + SHORTEST_KEY_BITS + " bits");
    }
    for (X509Certificate certificate : chain) {
      if (certificate.getPublicKey() instanceof RSAPublicKey open && sameModulus(rsa, open)) {
        List<X509Certificate> ordered = new ArrayList<>(chain);
        ordered.remove(certificate);
        ordered.add(0, certificate);
        return new CertificateFile(key, List.copyOf(ordered));
      }
    }
    throw new UnusableCredentialException(
        keyKey,
        "names a private key that does not belong to the certificate",
        "name the key that the certificate was made with");
  }

  private static boolean sameModulus(RSAKey one, RSAKey other) {
    return one.getModulus().equals(other.getModulus());
  }

  private static byte[] bytes(Path location, String key) throws UnusableCredentialException {
    try (var file = Files.newInputStream(location)) {
      return file.readNBytes(LONGEST_BYTES);
    } catch (IOException e) {
      throw new UnusableCredentialException(
          key,
          location,
          "cannot be read (" + e.getClass().getSimpleName() + ")",
          "name a file that is there on every worker and readable for the worker's user");
    }
  }

  private static UnusableCredentialException location(String reason, String fix) {
    return new UnusableCredentialException(CredentialKeys.CERTIFICATE_LOCATION.key(), reason, fix);
  }

  private static UnusableCredentialException password(String reason, String fix) {
    return new UnusableCredentialException(CredentialKeys.CERTIFICATE_PASSWORD.key(), reason, fix);
  }
}
