package io.github.auditstream.connect.office365.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TLS context that is built anew when a file that it came from has changed: each new connection
 * looks. Its sessions go with it, so that none is resumed which the new files would not allow.
 * While a changed file cannot be used, perhaps because it is half written, what was read before
 * stays.
 *
 * <p>Safe for many threads.
 */
final class ReloadingTls extends SSLContextSpi {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);

  private final List<Path> files;
  private final Supplier<SSLContext> builder;

  private List<@Nullable Stamp> seen; // guarded by this
  private SSLContext current; // guarded by this

  /** What distinguishes two states of a file; links are followed, so that a swapped one shows. */
  private record Stamp(FileTime modified, long bytes, @Nullable Object fileKey) {

    /** Null for a file that is not there. */
    static @Nullable Stamp of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
      } catch (IOException e) {
        return null;
      }
    }
  }

  private ReloadingTls(List<Path> files, Supplier<SSLContext> builder) {
    this.files = files;
    this.builder = builder;
    this.seen = stamps();
    this.current = builder.get();
  }

  /**
   * A context of these files.
   *
   * @param builder reads the files
   * @throws KafkaException if the files cannot be used now
   */
  static SSLContext of(List<Path> files, Supplier<SSLContext> builder) {
    ReloadingTls reloading = new ReloadingTls(files, builder);
    SSLContext first = reloading.current();
    return new SSLContext(reloading, first.getProvider(), first.getProtocol()) {};
  }

  private synchronized SSLContext current() {
    // Before the files are read: what changes meanwhile is seen the next time.
    List<@Nullable Stamp> now = stamps();
    if (!now.equals(seen)) {
      seen = now;
      try {
        current = builder.get();
        LOG.info("{} changed and will be used for new connections", files);
      } catch (KafkaException e) {
        LOG.warn(
            "{} changed and cannot be used ({}); going on with what was read before. Check that the"
                + " files are whole and their passwords as configured",
            files,
            e.getClass().getSimpleName());
      }
    }
    return current;
  }

  private List<@Nullable Stamp> stamps() {
    List<@Nullable Stamp> stamps = new ArrayList<>();
    files.forEach(file -> stamps.add(Stamp.of(file)));
    return stamps;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return current().createSSLEngine();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return current().createSSLEngine(host, port);
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return current().getSocketFactory();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return current().getServerSocketFactory();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return current().getClientSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return current().getServerSessionContext();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return current().getDefaultSSLParameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return current().getSupportedSSLParameters();
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("this context is made of its files");
  }
}
