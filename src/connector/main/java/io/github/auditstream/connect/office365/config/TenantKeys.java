package io.github.auditstream.connect.office365.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.github.auditstream.connect.office365.model.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The settings that a tenant can have of its own, and the list of tenants. */
final class TenantKeys {
  static final String PREFIX = Keys.TENANTS + ".";

  private static final String COPY_TENANT_ID =
      "copy 'Directory (tenant) ID' from the overview page of the app registration; a domain name"
          + " will not do";
  private static final String COPY_CLIENT_ID =
      "copy 'Application (client) ID' from the overview page of the app registration";

  static final Setting<List<String>> TENANTS =
      Setting.of(
          Keys.TENANTS,
          LIST,
          "",
          Rules.aliases(),
          MEDIUM,
          "Tenants",
          "Aliases of the tenants to read, separated by commas, for example contoso,fabrikam. Every"
              + " tenant then has its keys as tenants.<alias>.tenant.id and so on, and takes what"
              + " it lacks from the key without prefix. Leave it empty for a single tenant, which"
              + " is set up by the keys without prefix and goes by the alias default.");

  static final Setting<UUID> TENANT_ID =
      Setting.of(
          Keys.TENANT_ID,
          STRING,
          null,
          Rules.guid(COPY_TENANT_ID),
          HIGH,
          "Tenant id",
          "The directory id of the tenant whose audit log is read.");

  static final Setting<UUID> CLIENT_ID =
      Setting.of(
          Keys.CLIENT_ID,
          STRING,
          null,
          Rules.guid(COPY_CLIENT_ID),
          HIGH,
          "Client id",
          "The application id of the app registration that has the application permission"
              + " ActivityFeed.Read of the Office 365 Management APIs, and ActivityFeed.ReadDlp for"
              + " DLP.All. With managed.identity=user, the client id of the user-assigned identity;"
              + " with managed.identity=system, none.");

  static final Setting<UUID> PUBLISHER_ID =
      Setting.of(
          Keys.PUBLISHER_ID,
          STRING,
          null,
          Rules.guid("write the tenant id of the organisation that made the app registration"),
          LOW,
          "Publisher id",
          "Sent as PublisherIdentifier with every request; Microsoft counts requests against the"
              + " quota of this publisher. Default: the tenant's own id.");

  static final Setting<Long> REQUESTS_PER_MINUTE =
      Setting.of(
          Keys.REQUESTS_PER_MINUTE,
          INT,
          "2000",
          Rules.wholeNumber("a whole number of requests", 1, 60_000),
          MEDIUM,
          "Requests per minute",
          "The quota of requests to the Management Activity API for each tenant, shared out among"
              + " the tasks that read it. Microsoft grants every tenant 2000 at the least, and more"
              + " by its size and licences. Leave room for other readers of the same tenant.");

  static final Setting<Secret> CLIENT_SECRET =
      Setting.of(
          Keys.CLIENT_SECRET,
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
              + " without prefix.");

  static final Setting<Instant> SECRET_EXPIRES =
      Setting.of(
              Keys.SECRET_EXPIRES,
              STRING,
              null,
              Rules.date(),
              LOW,
              "Client secret's end",
              "The day on which the client secret expires, as the app registration's page shows it,"
                  + " for the metric secret-days-left: Entra ID does not tell it with its tokens."
                  + " Keep it beside the secret, behind the same config provider, so that both are"
                  + " renewed together.")
          .visibleIf(parsed -> isSet(parsed, Keys.CLIENT_SECRET));

  static final Setting<Path> CERTIFICATE_LOCATION =
      Setting.of(
              Keys.CERTIFICATE_LOCATION,
              STRING,
              null,
              Rules.path(),
              HIGH,
              "Certificate",
              "A file with a certificate that is registered with the app, and its RSA private key:"
                  + " a PKCS#12 key store with one private key, or PEM. The file is read again for"
                  + " every token, so it can be replaced while the connector runs.")
          .withDependents(
              Keys.CERTIFICATE_TYPE, Keys.CERTIFICATE_KEY_LOCATION, Keys.CERTIFICATE_PASSWORD);

  static final Setting<String> CERTIFICATE_TYPE =
      Setting.of(
              Keys.CERTIFICATE_TYPE,
              STRING,
              null,
              Rules.oneOf(List.of("PKCS12", "PEM")),
              LOW,
              "Certificate file's format",
              "The format of the certificate's file. Default: PEM if its name ends in .pem, .crt"
                  + " or .cer, else PKCS12.")
          .recommending(List.of("PKCS12", "PEM"))
          .visibleIf(parsed -> isSet(parsed, Keys.CERTIFICATE_LOCATION));

  static final Setting<Path> CERTIFICATE_KEY_LOCATION =
      Setting.of(
              Keys.CERTIFICATE_KEY_LOCATION,
              STRING,
              null,
              Rules.path(),
              LOW,
              "Private key",
              "The PEM file with the certificate's private key, if it is not in the certificate's"
                  + " own file.")
          .visibleIf(parsed -> isSet(parsed, Keys.CERTIFICATE_LOCATION));

  static final Setting<Secret> CERTIFICATE_PASSWORD =
      Setting.of(
              Keys.CERTIFICATE_PASSWORD,
              PASSWORD,
              null,
              Rules.secret(),
              MEDIUM,
              "Certificate file's password",
              "The password of the PKCS#12 key store, or of an encrypted PEM private key.")
          .visibleIf(parsed -> isSet(parsed, Keys.CERTIFICATE_LOCATION));

  static final Setting<Path> ASSERTION_LOCATION =
      Setting.of(
          Keys.ASSERTION_LOCATION,
          STRING,
          null,
          Rules.path(),
          MEDIUM,
          "Federated assertion",
          "Workload identity federation: a file with a token of an identity provider that the app"
              + " registration trusts, such as a projected Kubernetes service account token with"
              + " the audience api://AzureADTokenExchange. Read again for every token.");

  static final Setting<String> MANAGED_IDENTITY =
      Setting.of(
              Keys.MANAGED_IDENTITY,
              STRING,
              "none",
              Rules.oneOf(List.of("none", "system", "user")),
              MEDIUM,
              "Managed identity",
              "Use the managed identity of the Azure machine that the worker runs on:"
                  + " system-assigned, or the user-assigned one that client.id names. It serves its"
                  + " own tenant alone. A permission granted to it can take a day to show, since"
                  + " Azure keeps its tokens that long.")
          .recommending(List.of("none", "system", "user"));

  /** What a tenant can have under its alias, but for the credential. */
  static final List<Setting<?>> IDENTITY =
      List.of(TENANT_ID, CLIENT_ID, PUBLISHER_ID, REQUESTS_PER_MINUTE);

  /** What names a credential, and what belongs to a certificate. */
  static final List<Setting<?>> CREDENTIAL =
      List.of(
          CLIENT_SECRET,
          SECRET_EXPIRES,
          CERTIFICATE_LOCATION,
          CERTIFICATE_TYPE,
          CERTIFICATE_KEY_LOCATION,
          CERTIFICATE_PASSWORD,
          ASSERTION_LOCATION,
          MANAGED_IDENTITY);

  private TenantKeys() {}

  /** The key of a tenant's own setting. */
  static String ofAlias(String alias, String key) {
    return PREFIX + alias + "." + key;
  }

  private static boolean isSet(Map<String, Object> parsed, String key) {
    Object value = parsed.get(key);
    return value != null && !value.toString().isEmpty();
  }
}
