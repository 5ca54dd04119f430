package io.github.auditstream.connect.office365.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.auditstream.connect.office365.config.Credential.CertificateType;
import io.github.auditstream.connect.office365.config.Credential.ClientCertificate;
import io.github.auditstream.connect.office365.config.CredentialKeys;
import io.github.auditstream.connect.office365.fixtures.TestCertificate;
import io.github.auditstream.connect.office365.model.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFileTest {
  private static final TestCertificate VALID = TestCertificate.localhost();
  private static final Secret PASSWORD = new Secret(TestCertificate.PASSWORD);

  /** The object identifier of PBES2, 1.2.840.113549.1.5.13, in DER. */
  private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");

  private static final TestCertificate OTHER = TestCertificate.other();

  private final Path folder;

  CertificateFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsAKeyStore() throws Exception {
    CertificateFile file = CertificateFile.read(keyStore(VALID, Optional.of(PASSWORD)));

    assertThat(file.privateKey()).isEqualTo(VALID.privateKey());
    assertThat(file.chain()).containsExactly(VALID.certificate());
    assertThat(file.expiresOn()).isEqualTo(VALID.certificate().getNotAfter().toInstant());
    file.requireValidAt(Instant.now());
  }

  @Test
  void readsPemInOneFileWhateverItsOrder() throws Exception {
    CertificateFile file =
        CertificateFile.read(pem("Bag Attributes\n" + VALID.keyPem() + VALID.certificatePem()));

    assertThat(file.privateKey()).isEqualTo(VALID.privateKey());
    assertThat(file.chain()).containsExactly(VALID.certificate());
  }

  @Test
  void readsPemWithTheKeyApart() throws Exception {
    Path certificate = write("app.crt", VALID.certificatePem());
    Path key = write("app.key", VALID.keyPem());

    CertificateFile file =
        CertificateFile.read(
            new ClientCertificate(
                certificate, CertificateType.PEM, Optional.of(key), Optional.empty()));

    assertThat(file.privateKey()).isEqualTo(VALID.privateKey());
  }

  @Test
  void readsAPrivateKeyInPkcs1() throws Exception {
    String pkcs1 = TestCertificate.pem("RSA PRIVATE KEY", pkcs1(VALID.privateKey().getEncoded()));

    CertificateFile file = CertificateFile.read(pem(VALID.certificatePem() + pkcs1));

    assertThat(file.privateKey()).isEqualTo(VALID.privateKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PBEWithHmacSHA256AndAES_256", "PBEWithHmacSHA1AndAES_128"})
  void readsAnEncryptedPrivateKey(String algorithm) throws Exception {
    String pem = VALID.certificatePem() + encryptedKey(algorithm);

    CertificateFile file =
        CertificateFile.read(
            new ClientCertificate(
                write("app.pem", pem),
                CertificateType.PEM,
                Optional.empty(),
                Optional.of(PASSWORD)));

    assertThat(file.privateKey()).isEqualTo(VALID.privateKey());
  }

  @Test
  void putsTheKeysOwnCertificateFirst() throws Exception {

    CertificateFile file =
        CertificateFile.read(pem(OTHER.certificatePem() + VALID.certificatePem() + VALID.keyPem()));

    assertThat(file.chain()).containsExactly(VALID.certificate(), OTHER.certificate());
  }

  @Test
  void hidesTheKey() throws Exception {
    assertThat(CertificateFile.read(keyStore(VALID, Optional.of(PASSWORD))).toString())
        .isEqualTo(
            "CertificateFile[key hidden, expiresOn="
                + VALID.certificate().getNotAfter().toInstant()
                + "]");
  }

  @Test
  void refusesAWrongPasswordOfAKeyStore() {
    refuses(
        () -> CertificateFile.read(keyStore(VALID, Optional.of(new Secret("marker-wrong-1")))),
        CredentialKeys.CERTIFICATE_PASSWORD.key(),
        "does not open");
  }

  @Test
  void refusesAMissingPasswordOfAKeyStore() {
    refuses(
        () -> CertificateFile.read(keyStore(VALID, Optional.empty())),
        CredentialKeys.CERTIFICATE_PASSWORD.key(),
        "is missing");
  }

  @Test
  void refusesAWrongOrMissingPasswordOfAnEncryptedKey() throws Exception {
    Path file =
        write("app.pem", VALID.certificatePem() + encryptedKey("PBEWithHmacSHA256AndAES_256"));

    refuses(
        () ->
            CertificateFile.read(
                new ClientCertificate(
                    file,
                    CertificateType.PEM,
                    Optional.empty(),
                    Optional.of(new Secret("marker-wrong-2")))),
        CredentialKeys.CERTIFICATE_PASSWORD.key(),
        "does not open");
    refuses(
        () ->
            CertificateFile.read(
                new ClientCertificate(
                    file, CertificateType.PEM, Optional.empty(), Optional.empty())),
        CredentialKeys.CERTIFICATE_PASSWORD.key(),
        "is encrypted");
  }

  @Test
  void refusesAFileThatIsNoKeyStore() throws Exception {
    Path file = write("app.p12", VALID.certificatePem());

    refuses(
        () ->
            CertificateFile.read(
                new ClientCertificate(
                    file, CertificateType.PKCS12, Optional.empty(), Optional.of(PASSWORD))),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "not a PKCS#12 key store");
  }

  @Test
  void refusesAKeyStoreWithTwoKeys() throws Exception {
    char[] password = TestCertificate.PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (TestCertificate one : List.of(VALID, OTHER)) {
      store.setKeyEntry(
          one.certificate().getSubjectX500Principal().getName(),
          one.privateKey(),
          password,
          new Certificate[] {one.certificate()});
    }
    Path file = folder.resolve("two.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    }

    refuses(
        () ->
            CertificateFile.read(
                new ClientCertificate(
                    file, CertificateType.PKCS12, Optional.empty(), Optional.of(PASSWORD))),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "2 private keys");
  }

  @Test
  void refusesPemWithoutAPrivateKey() {
    refuses(
        () -> CertificateFile.read(pem(VALID.certificatePem())),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "holds no private key");
  }

  @Test
  void refusesPemWithoutACertificate() {
    refuses(
        () -> CertificateFile.read(pem(VALID.keyPem())),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "holds no PEM certificate");
  }

  @Test
  void refusesAKeyThatDoesNotBelongToTheCertificate() throws Exception {
    Path certificate = write("app.crt", VALID.certificatePem());
    Path key = write("app.key", OTHER.keyPem());

    refuses(
        () ->
            CertificateFile.read(
                new ClientCertificate(
                    certificate, CertificateType.PEM, Optional.of(key), Optional.empty())),
        CredentialKeys.CERTIFICATE_KEY_LOCATION.key(),
        "does not belong");
  }

  @Test
  void refusesAKeyThatIsNotRsa() {
    TestCertificate elliptic = TestCertificate.make(folder, "ec", "-keyalg", "EC");

    refuses(
        () -> CertificateFile.read(keyStore(elliptic, Optional.of(PASSWORD))),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "algorithm EC");
    refuses(
        () -> CertificateFile.read(pem(elliptic.certificatePem() + elliptic.keyPem())),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "algorithm EC");
  }

  @Test
  void refusesAShortKey() {
    TestCertificate weak =
        TestCertificate.make(folder, "weak", "-keyalg", "RSA", "-keysize", "1024");

    refuses(
        () -> CertificateFile.read(keyStore(weak, Optional.of(PASSWORD))),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "1024 bits");
  }

  @Test
  void refusesAKeyInTheOldOpenSslEncryption() {
    String old =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: DES-EDE3-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """;

    refuses(
        () -> CertificateFile.read(pem(VALID.certificatePem() + old)),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "openssl pkcs8 -topk8");
  }

  @Test
  void refusesAKeyEncryptedInAWayThatTheJvmDoesNotKnow() {
    byte[] unknown = HexFormat.of().parseHex("06032a0304");
    String odd =
        TestCertificate.pem(
            "ENCRYPTED PRIVATE KEY", der(0x30, der(0x30, unknown), der(0x04, new byte[16])));

    refuses(
        () -> CertificateFile.read(pem(VALID.certificatePem() + odd)),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "openssl pkcs8 -topk8 -v2 aes256");
  }

  @Test
  void refusesACertificateThatHasEndedOrNotBegun() throws Exception {
    CertificateFile file = CertificateFile.read(keyStore(VALID, Optional.of(PASSWORD)));
    Instant start = VALID.certificate().getNotBefore().toInstant();

    refuses(
        () -> file.requireValidAt(file.expiresOn().plusSeconds(1)),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "that ended on " + file.expiresOn());
    refuses(
        () -> file.requireValidAt(start.minus(Duration.ofDays(1))),
        CredentialKeys.CERTIFICATE_LOCATION.key(),
        "that begins on " + start);
  }

  private static void refuses(ThrowingCallable reading, String key, String words) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            UnusableCredentialException.class,
            e -> {
              assertThat(e.key()).isEqualTo(key);
              assertThat(e.getMessage()).contains(words).doesNotContain("marker-wrong");
              assertThat(e.fix()).isNotBlank();
            });
  }

  private static ClientCertificate keyStore(
      TestCertificate certificate, Optional<Secret> password) {
    return new ClientCertificate(
        certificate.keyStore(), CertificateType.PKCS12, Optional.empty(), password);
  }

  private ClientCertificate pem(String text) throws IOException {
    return new ClientCertificate(
        write("app.pem", text), CertificateType.PEM, Optional.empty(), Optional.empty());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** What is inside a PKCS#8 key of 2048 bits, after its header of 26 bytes. */
  private static byte[] pkcs1(byte[] pkcs8) {
    return Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
  }

  private static String encryptedKey(String algorithm)
      throws GeneralSecurityException, IOException {
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(TestCertificate.PASSWORD.toCharArray())));
    byte[] sealed = cipher.doFinal(VALID.privateKey().getEncoded());
    byte[] algorithmId = der(0x30, PBES2, cipher.getParameters().getEncoded());
    return TestCertificate.pem("ENCRYPTED PRIVATE KEY", der(0x30, algorithmId, der(0x04, sealed)));
  }

  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.size() >= 0x100) {
      der.write(0x82);
      der.write(content.size() >> 8);
    } else if (content.size() >= 0x80) {
      der.write(0x81);
    }
    der.write(content.size());
    der.writeBytes(content.toByteArray());
    return der.toByteArray();
  }
}
