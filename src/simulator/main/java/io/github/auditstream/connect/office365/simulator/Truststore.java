package io.github.auditstream.connect.office365.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a client needs to trust the simulator.
 *
 * @param location a PKCS#12 file, for {@code ssl.truststore.location}
 * @param password of the file, for {@code ssl.truststore.password}
 * @param type for {@code ssl.truststore.type}
 * @param pem the certificate as a PEM file
 */
public record Truststore(Path location, String password, String type, Path pem) {

  /** A TLS context that trusts the simulator and nobody else. */
  public SSLContext sslContext() {
    try (InputStream in = Files.newInputStream(location)) {
      KeyStore store = KeyStore.getInstance(type);
      store.load(in, password.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), new SecureRandom());
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot read the trust store " + location, e);
    }
  }

  @Override
  public String toString() {
    return location.toString();
  }
}
