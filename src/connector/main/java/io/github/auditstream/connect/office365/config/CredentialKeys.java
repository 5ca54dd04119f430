package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.github.auditstream.connect.office365.model.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The settings that make a tenant's credential, which is taken whole from one level. */
public final class CredentialKeys {
  static final SettingList ALL = new SettingList();

  public static final Setting<Secret> CLIENT_SECRET =
      ALL.add(
          Setting.of(
              Group.AUTHENTICATION,
              "client.secret",
              PASSWORD,
              null,
              Rules.secret(),
              HIGH,
              "Client secret",
              "A client secret of the app registration: its value, not its id. Keep it out of the"
                  + " configuration with a config provider, such as ${file:/etc/office365.properties:"
                  + "client.secret}. Exactly one of client.secret, client.certificate.location,"
                  + " client.assertion.location and managed.identity is needed. A tenant that names"
                  + " any of these under its alias uses that one, and nothing of the credential"
                  + " without prefix."));

  public static final Setting<Instant> SECRET_EXPIRES =
      ALL.add(
          Setting.of(
                  Group.AUTHENTICATION,
                  "client.secret.expires",
                  STRING,
                  null,
                  Rules.date(),
                  LOW,
                  "Client secret's end",
                  "The day on which the client secret expires, as the app registration's page shows it,"
                      + " for the metric secret-days-left: Entra ID does not send it with its tokens."
                      + " Keep it beside the secret, behind the same config provider, so that both are"
                      + " renewed together.")
              .onlyWith(CLIENT_SECRET));

  public static final Setting<Path> CERTIFICATE_LOCATION =
      ALL.add(
          Setting.of(
              Group.AUTHENTICATION,
              "client.certificate.location",
              STRING,
              null,
              Rules.path(),
              HIGH,
              "Certificate",
              "A file with a certificate that is registered with the app, and its RSA private key:"
                  + " a PKCS#12 key store with one private key, or PEM. The file is read again for"
                  + " every token, so it can be replaced while the connector runs."));

  public static final Setting<String> CERTIFICATE_TYPE =
      ALL.add(
          Setting.of(
                  Group.AUTHENTICATION,
                  "client.certificate.type",
                  STRING,
                  null,
                  Rules.oneOf(List.of("PKCS12", "PEM")),
                  LOW,
                  "Certificate file's format",
                  "The format of the certificate's file. Default: PEM if its name ends in .pem, .crt"
                      + " or .cer, else PKCS12.")
              .recommending(List.of("PKCS12", "PEM"))
              .onlyWith(CERTIFICATE_LOCATION));

  public static final Setting<Path> CERTIFICATE_KEY_LOCATION =
      ALL.add(
          Setting.of(
                  Group.AUTHENTICATION,
                  "client.certificate.key.location",
                  STRING,
                  null,
                  Rules.path(),
                  LOW,
                  "Private key",
                  "The PEM file with the certificate's private key, if it is not in the certificate's"
                      + " own file.")
              .onlyWith(CERTIFICATE_LOCATION));

  public static final Setting<Secret> CERTIFICATE_PASSWORD =
      ALL.add(
          Setting.of(
                  Group.AUTHENTICATION,
                  "client.certificate.password",
                  PASSWORD,
                  null,
                  Rules.secret(),
                  MEDIUM,
                  "Certificate file's password",
                  "The password of the PKCS#12 key store, or of an encrypted PEM private key.")
              .onlyWith(CERTIFICATE_LOCATION));

  public static final Setting<Path> ASSERTION_LOCATION =
      ALL.add(
          Setting.of(
              Group.AUTHENTICATION,
              "client.assertion.location",
              STRING,
              null,
              Rules.path(),
              MEDIUM,
              "Federated assertion",
              "Workload identity federation: a file with a token of an identity provider that the app"
                  + " registration trusts, such as a projected Kubernetes service account token with"
                  + " the audience api://AzureADTokenExchange. Read again for every token."));

  public static final Setting<String> MANAGED_IDENTITY =
      ALL.add(
          Setting.of(
                  Group.AUTHENTICATION,
                  "managed.identity",
                  STRING,
                  "none",
                  Rules.oneOf(List.of("none", "system", "user")),
                  MEDIUM,
                  "Managed identity",
                  "Use the managed identity of the Azure machine that the worker runs on:"
                      + " system-assigned, or the user-assigned one that client.id names. It serves its"
                      + " own tenant alone. A permission granted to it can take a day to show, since"
                      + " Azure keeps its tokens that long.")
              .recommending(List.of("none", "system", "user")));

  private CredentialKeys() {}
}
