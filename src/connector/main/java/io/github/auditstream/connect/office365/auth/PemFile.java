package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.InvalidValueException;
import io.github.auditstream.connect.office365.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The sections of a PEM file (RFC 7468) that matter for a client certificate. */
record PemFile(List<Section> sections) {
  private static final Pattern SECTION =
      Pattern.compile(
          "-----BEGIN (?<label>[A-Z0-9 ]+)-----(?<body>[^-]*(?:-[^-]+)*?)-----END \\k<label>-----");

  /** What precedes the key of PKCS#1 to make it PKCS#8: version 0, and rsaEncryption. */
  private static final byte[] RSA_HEADER =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final String PBES2 = "1.2.840.113549.1.5.13";

  record Section(String label, String body) {}

  /** The password is wrong, or there is none. */
  static final class WrongPasswordException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Finds the sections.
   *
   * @throws InvalidValueException if it is a text in an encoding that PEM cannot be in
   */
  static PemFile parse(byte[] bytes) throws InvalidValueException {
    Matcher matcher = SECTION.matcher(TextFile.ascii(bytes));
    List<Section> sections = new ArrayList<>();
    while (matcher.find()) {
      sections.add(new Section(matcher.group("label"), matcher.group("body")));
    }
    return new PemFile(sections);
  }

  /** The certificates that can be read, in the file's order. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Section section : sections) {
      if (section.label.equals("CERTIFICATE")) {
        try {
          certificates.add(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(der(section))));
        } catch (CertificateException | InvalidValueException e) {
          return List.of();
        }
      }
    }
    return certificates;
  }

  /**
   * The first private key.
   *
   * @throws InvalidValueException if it is in a form that cannot be read
   */
  Optional<PrivateKey> privateKey(Optional<Secret> password)
      throws InvalidValueException, WrongPasswordException {
    for (Section section : sections) {
      switch (section.label) {
        case "PRIVATE KEY" -> {
          return Optional.of(pkcs8(der(section)));
        }
        case "RSA PRIVATE KEY" -> {
          if (section.body.contains("ENCRYPTED")) {
            throw new InvalidValueException(
                "holds a key that is encrypted in an outdated form",
                "convert it by 'openssl pkcs8 -topk8 -in key.pem -out new.pem'");
          }
          return Optional.of(pkcs8(wrapped(der(section))));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return Optional.of(decrypted(der(section), password));
        }
        case "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
            throw new InvalidValueException(
                "holds a private key that is not RSA",
                "use a certificate with an RSA key: Entra ID takes no other");
        default -> {}
      }
    }
    return Optional.empty();
  }

  private static byte[] der(Section section) throws InvalidValueException {
    try {
      return Base64.getMimeDecoder().decode(section.body);
    } catch (IllegalArgumentException e) {
      throw broken();
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws InvalidValueException {
    for (String algorithm : List.of("RSA", "EC", "DSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException e) {
        // Not a key of this algorithm; the next one may fit.
      }
    }
    throw broken();
  }

  private static byte[] wrapped(byte[] pkcs1) {
    byte[] octets = tagged(0x04, pkcs1);
    byte[] content = new byte[RSA_HEADER.length + octets.length];
    System.arraycopy(RSA_HEADER, 0, content, 0, RSA_HEADER.length);
    System.arraycopy(octets, 0, content, RSA_HEADER.length, octets.length);
    return tagged(0x30, content);
  }

  /** For contents of up to 65,535 bytes: an RSA key of 16,384 bits has some 9,000. */
  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.length < 0x80) {
      der.write(content.length);
    } else if (content.length < 0x100) {
      der.write(0x81);
      der.write(content.length);
    } else {
      der.write(0x82);
      der.write(content.length >> 8);
      der.write(content.length);
    }
    der.writeBytes(content);
    return der.toByteArray();
  }

  private static PrivateKey decrypted(byte[] der, Optional<Secret> password)
      throws InvalidValueException, WrongPasswordException {
    EncryptedPrivateKeyInfo info;
    SecretKeyFactory keys;
    Cipher cipher;
    try {
      info = new EncryptedPrivateKeyInfo(der);
      String algorithm = algorithm(info);
      keys = SecretKeyFactory.getInstance(algorithm);
      cipher = Cipher.getInstance(algorithm);
    } catch (IOException | GeneralSecurityException e) {
      throw new InvalidValueException(
          "holds a key that is encrypted in a way which this JVM does not know",
          "encrypt it with AES by 'openssl pkcs8 -topk8 -v2 aes256 -in key.pem -out new.pem'");
    }
    if (password.isEmpty()) {
      throw new WrongPasswordException();
    }
    PBEKeySpec spec = new PBEKeySpec(password.get().reveal().toCharArray());
    byte[] plain;
    try {
      cipher.init(Cipher.DECRYPT_MODE, keys.generateSecret(spec), info.getAlgParameters());
      plain = cipher.doFinal(info.getEncryptedData());
    } catch (GeneralSecurityException e) {
      throw new WrongPasswordException();
    } finally {
      spec.clearPassword();
    }
    try {
      return pkcs8(plain);
    } catch (InvalidValueException e) {
      // A wrong password can give a clean padding by chance, but no key.
      throw new WrongPasswordException();
    }
  }

  /** PBES2 names its parts in its parameters, which the JDK prints as the algorithm's name. */
  private static String algorithm(EncryptedPrivateKeyInfo info) {
    AlgorithmParameters parameters = info.getAlgParameters();
    boolean named = info.getAlgName().equals("PBES2") || info.getAlgName().equals(PBES2);
    return named && parameters != null ? parameters.toString() : info.getAlgName();
  }

  private static InvalidValueException broken() {
    return new InvalidValueException(
        "holds a section that is not valid PEM", "export the key again");
  }
}
