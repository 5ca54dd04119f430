package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import io.github.auditstream.connect.office365.model.Secret;

/** The settings of the way to Microsoft, but for TLS; all tenants share them. */
public final class NetworkKeys {
  static final SettingList ALL = new SettingList();

  public static final Setting<Boolean> VALIDATE_CONNECTION =
      ALL.key("validate.connection", "Validate the connection", Group.NETWORK, MEDIUM)
          .documented(
              "Whether validation asks Microsoft too: for each tenant one token, the list of its"
                  + " subscriptions and a short listing of each content type; for the history the list"
                  + " of its audit log queries, and Kafka whether the topics may be described. What is"
                  + " refused is an error on the key to change. Nothing is started, stopped or read, and"
                  + " validation ends within 30 seconds, of the history within 45. Connect validates at every PUT of a configuration, so"
                  + " that with true a configuration cannot be changed while Microsoft cannot be"
                  + " reached; the default keeps validation on this machine.")
          .defaultsTo("false")
          .readBy(Rules.yesOrNo());

  public static final Setting<Long> CONNECT_TIMEOUT_MS =
      ALL.key("connect.timeout.ms", "Connection time-out", Group.NETWORK, LOW)
          .documented("The longest wait for a connection to Microsoft or to the proxy.")
          .defaultsTo("10000")
          .readBy(Rules.milliseconds(100, 600_000));

  public static final Setting<Long> REQUEST_TIMEOUT_MS =
      ALL.key("request.timeout.ms", "Request time-out", Group.NETWORK, LOW)
          .documented("The longest wait for an answer, and for the next bytes of its body.")
          .defaultsTo("60000")
          .readBy(Rules.milliseconds(100, 3_600_000));

  public static final Setting<String> PROXY_HOST =
      ALL.key("proxy.host", "Proxy host", Group.NETWORK, MEDIUM)
          .documented(
              "An HTTP proxy on the way to Microsoft, without scheme and port. Addresses of this"
                  + " machine and link-local ones are reached directly. Default: the JVM's own"
                  + " setting (https.proxyHost), if any.")
          .readBy(Rules.host());

  public static final Setting<Long> PROXY_PORT =
      ALL.key("proxy.port", "Proxy port", Group.NETWORK, MEDIUM)
          .documented("The proxy's port. Needed with proxy.host.")
          .onlyWith(PROXY_HOST)
          .readBy(Rules.wholeNumber(INT, "a port", 1, 65_535));

  public static final Setting<String> PROXY_USER =
      ALL.key("proxy.user", "Proxy user", Group.NETWORK, LOW)
          .documented(
              "The user name that the proxy asks for by Basic authentication; no other scheme is"
                  + " supported. Java refuses Basic for tunnels through a proxy unless the worker"
                  + " is started with -Djdk.http.auth.tunneling.disabledSchemes= in KAFKA_OPTS.")
          .onlyWith(PROXY_HOST)
          .readBy(Rules.text());

  public static final Setting<Secret> PROXY_PASSWORD =
      ALL.key("proxy.password", "Proxy password", Group.NETWORK, LOW)
          .documented("The password of proxy.user.")
          .onlyWith(PROXY_HOST)
          .readBy(Rules.secret());

  private NetworkKeys() {}
}
