package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.github.auditstream.connect.office365.model.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The settings that make a tenant's credential, which is taken whole from one level. */
public final class CredentialKeys {
  static final SettingList ALL = new SettingList();

  public static final Setting<Secret> CLIENT_SECRET =
      ALL.key("client.secret", "Client secret", Group.AUTHENTICATION, HIGH)
          .documented(
              "A client secret of the app registration: its value, not its id. Keep it out of the"
                  + " configuration with a config provider, such as ${file:/etc/office365.properties:"
                  + "client.secret}. Exactly one of client.secret, client.certificate.location,"
                  + " client.assertion.location and managed.identity is needed. A tenant that names"
                  + " any of these under its alias uses that one, and nothing of the credential"
                  + " without prefix.")
          .readBy(Rules.secret());

  public static final Setting<Instant> SECRET_EXPIRES =
      ALL.key("client.secret.expires", "Client secret's end", Group.AUTHENTICATION, LOW)
          .documented(
              "The day on which the client secret expires, as the app registration's page shows it,"
                  + " for the metric secret-days-left: Entra ID does not send it with its tokens."
                  + " Keep it beside the secret, behind the same config provider, so that both are"
                  + " renewed together.")
          .onlyWith(CLIENT_SECRET)
          .readBy(Rules.date());

  public static final Setting<Path> CERTIFICATE_LOCATION =
      ALL.key("client.certificate.location", "Certificate", Group.AUTHENTICATION, HIGH)
          .documented(
              "A file with a certificate that is registered with the app, and its RSA private key:"
                  + " a PKCS#12 key store with one private key, or PEM. The file is read again for"
                  + " every token, so it can be replaced while the connector runs.")
          .readBy(Rules.path());

  public static final Setting<String> CERTIFICATE_TYPE =
      ALL.key("client.certificate.type", "Certificate file's format", Group.AUTHENTICATION, LOW)
          .documented(
              "The format of the certificate's file. Default: PEM if its name ends in .pem, .crt"
                  + " or .cer, else PKCS12.")
          .recommending(List.of("PKCS12", "PEM"))
          .onlyWith(CERTIFICATE_LOCATION)
          .readBy(Rules.oneOf(List.of("PKCS12", "PEM")));

  public static final Setting<Path> CERTIFICATE_KEY_LOCATION =
      ALL.key("client.certificate.key.location", "Private key", Group.AUTHENTICATION, LOW)
          .documented(
              "The PEM file with the certificate's private key, if it is not in the certificate's"
                  + " own file.")
          .onlyWith(CERTIFICATE_LOCATION)
          .readBy(Rules.path());

  public static final Setting<Secret> CERTIFICATE_PASSWORD =
      ALL.key(
              "client.certificate.password",
              "Certificate file's password",
              Group.AUTHENTICATION,
              MEDIUM)
          .documented("The password of the PKCS#12 key store, or of an encrypted PEM private key.")
          .onlyWith(CERTIFICATE_LOCATION)
          .readBy(Rules.secret());

  public static final Setting<Path> ASSERTION_LOCATION =
      ALL.key("client.assertion.location", "Federated assertion", Group.AUTHENTICATION, MEDIUM)
          .documented(
              "Workload identity federation: a file with a token of an identity provider that the app"
                  + " registration trusts, such as a projected Kubernetes service account token with"
                  + " the audience api://AzureADTokenExchange. Read again for every token.")
          .readBy(Rules.path());

  public static final Setting<String> MANAGED_IDENTITY =
      ALL.key("managed.identity", "Managed identity", Group.AUTHENTICATION, MEDIUM)
          .documented(
              "Use the managed identity of the Azure machine that the worker runs on:"
                  + " system-assigned, or the user-assigned one that client.id names. It serves its"
                  + " own tenant alone. A permission granted to it can take a day to show, since"
                  + " Azure keeps its tokens that long.")
          .defaultsTo("none")
          .recommending(List.of("none", "system", "user"))
          .readBy(Rules.oneOf(List.of("none", "system", "user")));

  private CredentialKeys() {}
}
