package io.github.auditstream.connect.office365.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Sends everything through one proxy but what stays on this machine or its link: the endpoints of
 * managed identities are there, and a proxy would ask for its own identity.
 */
final class ThroughProxy extends ProxySelector {
  private static final Pattern NEAR =
      Pattern.compile(
          "localhost|127(\\.\\d{1,3}){3}|169\\.254(\\.\\d{1,3}){2}|\\[(::1|fe80:.*)]",
          Pattern.CASE_INSENSITIVE);

  private final List<Proxy> proxy;

  ThroughProxy(String host, int port) {
    this.proxy =
        List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
  }

  /** Whether requests to this address go through the proxy. */
  boolean takes(URI uri) {
    return uri.getHost() == null || !NEAR.matcher(uri.getHost()).matches();
  }

  @Override
  public List<Proxy> select(URI uri) {
    return takes(uri) ? proxy : List.of(Proxy.NO_PROXY);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
}
