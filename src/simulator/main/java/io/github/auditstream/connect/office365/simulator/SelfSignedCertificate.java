package io.github.auditstream.connect.office365.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A key and its self-signed certificate, made by the JDK's own {@code keytool}. The simulator's TLS
 * stands on one; an app registration with a certificate can be rehearsed with another.
 */
public final class SelfSignedCertificate {
  private static final String ALIAS = "simulator";

  private final Path pkcs12;
  private final String password;
  private final KeyStore store;
  private final X509Certificate certificate;
  private final PrivateKey privateKey;

  private SelfSignedCertificate(Path pkcs12, String password)
      throws IOException, GeneralSecurityException {
    this.pkcs12 = pkcs12;
    this.password = password;
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(pkcs12)) {
      store.load(in, password.toCharArray());
    }
    certificate = (X509Certificate) store.getCertificate(ALIAS);
    privateKey = (PrivateKey) store.getKey(ALIAS, password.toCharArray());
  }

  /**
   * Makes a certificate for TLS on the given host names and on 127.0.0.1, or reads the one that the
   * folder already has for them.
   *
   * @param directory exists and can be written
   */
  public static SelfSignedCertificate forHosts(Path directory, List<String> hosts)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    hosts.forEach(host -> names.add("dns:" + host));
    names.add("ip:127.0.0.1");
    Path file = directory.resolve("simulator-" + String.join("-", hosts) + ".p12");
    return create(
        file,
        hosts.get(0),
        List.of(
            "-keyalg", "EC", "-groupname", "secp256r1", "-ext", "SAN=" + String.join(",", names)));
  }

  /**
   * Makes an RSA certificate of 2,048 bits such as an app registration takes.
   *
   * @param directory exists and can be written
   * @param name of the file and of the subject
   */
  public static SelfSignedCertificate forApplication(Path directory, String name)
      throws IOException, InterruptedException {
    return create(
        directory.resolve(name + ".p12"), name, List.of("-keyalg", "RSA", "-keysize", "2048"));
  }

  private static SelfSignedCertificate create(Path file, String name, List<String> algorithm)
      throws IOException, InterruptedException {
    String password = "simulator";
    if (Files.notExists(file)) {
      generate(file, name, password, algorithm);
    }
    try {
      return new SelfSignedCertificate(file, password);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read the certificate in " + file + "; delete the file", e);
    }
  }

  private static void generate(Path file, String name, String password, List<String> algorithm)
      throws IOException, InterruptedException {
    boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
    Path keytool =
        Path.of(System.getProperty("java.home"), "bin", windows ? "keytool.exe" : "keytool");
    if (Files.notExists(keytool)) {
      throw new IOException(
          "the simulator makes its certificate with "
              + keytool
              + ", which this Java runtime does not have; run it on a JDK or a full JRE");
    }
    List<String> command = new ArrayList<>();
    command.add(keytool.toString());
    command.addAll(
        List.of("-genkeypair", "-alias", ALIAS, "-dname", "CN=" + name, "-validity", "365"));
    command.addAll(algorithm);
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
    command.addAll(List.of("-storepass", password, "-keypass", password));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool could not make " + file + ": " + said.strip());
    }
  }

  /** The key store with key and certificate. */
  public Path pkcs12() {
    return pkcs12;
  }

  KeyStore keyStore() {
    return store;
  }

  /** The password of the key store and of its key. */
  public String password() {
    return password;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public PrivateKey privateKey() {
    return privateKey;
  }

  /** The certificate alone in PEM. */
  public String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that cannot be encoded", e);
    }
  }

  /** The private key in PEM (PKCS#8, not encrypted). */
  public String privateKeyPem() {
    return pem("PRIVATE KEY", privateKey.getEncoded());
  }

  /** Writes a PKCS#12 trust store with the certificate alone. */
  void writeTruststore(Path file, String truststorePassword) throws IOException {
    try {
      KeyStore truststore = KeyStore.getInstance("PKCS12");
      truststore.load(null, null);
      truststore.setCertificateEntry(ALIAS, certificate);
      try (OutputStream out = Files.newOutputStream(file)) {
        truststore.store(out, truststorePassword.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot write the trust store " + file, e);
    }
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }
}
