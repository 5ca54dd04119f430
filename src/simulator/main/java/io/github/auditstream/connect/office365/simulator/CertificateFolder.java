package io.github.auditstream.connect.office365.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where certificates lie. Making one costs a process and half a second, so all simulators of a JVM
 * that were given no folder share one, which is deleted when the JVM ends.
 */
final class CertificateFolder {
  private static final String TRUSTSTORE_PASSWORD = "changeit";
  private static final Object LOCK = new Object();
  private static @Nullable Path shared;

  private final Path folder;

  private CertificateFolder(Path folder) {
    this.folder = folder;
  }

  static CertificateFolder in(@Nullable Path given) throws IOException {
    if (given != null) {
      return new CertificateFolder(Files.createDirectories(given));
    }
    synchronized (LOCK) {
      if (shared == null) {
        Path made = Files.createTempDirectory("office365-simulator");
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(() -> delete(made), "office365-simulator-certificate-removal"));
        shared = made;
      }
      return new CertificateFolder(shared);
    }
  }

  SelfSignedCertificate certificate(String host) throws IOException, InterruptedException {
    synchronized (LOCK) {
      return SelfSignedCertificate.forHosts(
          folder, host.equals("localhost") ? List.of(host) : List.of(host, "localhost"));
    }
  }

  Truststore truststore(String host, SelfSignedCertificate certificate) throws IOException {
    Path file = folder.resolve("truststore-" + host + ".p12");
    Path pem = folder.resolve("certificate-" + host + ".pem");
    synchronized (LOCK) {
      if (Files.notExists(file)
          || Files.notExists(pem)
          || !Files.readString(pem).equals(certificate.certificatePem())) {
        certificate.writeTruststore(file, TRUSTSTORE_PASSWORD);
        Files.writeString(pem, certificate.certificatePem());
      }
    }
    return new Truststore(file, TRUSTSTORE_PASSWORD, "PKCS12", pem);
  }

  private static void delete(Path made) {
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(made);
    } catch (IOException e) {
      // The JVM is ending and the folder is the system's temporary one: it may stay.
      return;
    }
  }
}
