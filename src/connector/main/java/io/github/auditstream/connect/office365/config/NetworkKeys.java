package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.github.auditstream.connect.office365.model.Secret;

/** The settings of the way to Microsoft, but for TLS; all tenants share them. */
public final class NetworkKeys {
  static final SettingList ALL = new SettingList();

  public static final Setting<Boolean> VALIDATE_CONNECTION =
      ALL.add(
          Setting.of(
              Group.NETWORK,
              "validate.connection",
              BOOLEAN,
              "false",
              Rules.yesOrNo(),
              MEDIUM,
              "Validate the connection",
              "Whether validation asks Microsoft too: for each tenant one token, the list of its"
                  + " subscriptions and a short listing of each content type. What is refused is an"
                  + " error on the key to change. Nothing is started, stopped or read, and validation"
                  + " ends within 30 seconds. Connect validates at every PUT of a configuration, so"
                  + " that with true a configuration cannot be changed while Microsoft cannot be"
                  + " reached; the default keeps validation on this machine."));

  public static final Setting<Long> CONNECT_TIMEOUT_MS =
      ALL.add(
          Setting.of(
              Group.NETWORK,
              "connect.timeout.ms",
              LONG,
              "10000",
              Rules.wholeNumber("a whole number of milliseconds", 100, 600_000),
              LOW,
              "Connection time-out",
              "The longest wait for a connection to Microsoft or to the proxy."));

  public static final Setting<Long> REQUEST_TIMEOUT_MS =
      ALL.add(
          Setting.of(
              Group.NETWORK,
              "request.timeout.ms",
              LONG,
              "60000",
              Rules.wholeNumber("a whole number of milliseconds", 100, 3_600_000),
              LOW,
              "Request time-out",
              "The longest wait for an answer, and for the next bytes of its body."));

  public static final Setting<String> PROXY_HOST =
      ALL.add(
          Setting.of(
              Group.NETWORK,
              "proxy.host",
              STRING,
              null,
              Rules.host(),
              MEDIUM,
              "Proxy host",
              "An HTTP proxy on the way to Microsoft, without scheme and port. Addresses of this"
                  + " machine and link-local ones are reached directly. Default: the JVM's own"
                  + " setting (https.proxyHost), if any."));

  public static final Setting<Long> PROXY_PORT =
      ALL.add(
          Setting.of(
                  Group.NETWORK,
                  "proxy.port",
                  INT,
                  null,
                  Rules.wholeNumber("a port", 1, 65_535),
                  MEDIUM,
                  "Proxy port",
                  "The proxy's port. Needed with proxy.host.")
              .onlyWith(PROXY_HOST));

  public static final Setting<String> PROXY_USER =
      ALL.add(
          Setting.of(
                  Group.NETWORK,
                  "proxy.user",
                  STRING,
                  null,
                  Rules.text(),
                  LOW,
                  "Proxy user",
                  "The user name that the proxy asks for by Basic authentication; no other scheme is"
                      + " supported. Java refuses Basic for tunnels through a proxy unless the worker"
                      + " is started with -Djdk.http.auth.tunneling.disabledSchemes= in KAFKA_OPTS.")
              .onlyWith(PROXY_HOST));

  public static final Setting<Secret> PROXY_PASSWORD =
      ALL.add(
          Setting.of(
                  Group.NETWORK,
                  "proxy.password",
                  PASSWORD,
                  null,
                  Rules.secret(),
                  LOW,
                  "Proxy password",
                  "The password of proxy.user.")
              .onlyWith(PROXY_HOST));

  private NetworkKeys() {}
}
