package io.github.auditstream.connect.office365.auth;

import static io.github.auditstream.connect.office365.auth.TokenException.Kind.REFUSED;
import static io.github.auditstream.connect.office365.auth.TokenException.Kind.UNAVAILABLE;

import io.github.auditstream.connect.office365.auth.TokenException.Kind;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.config.CredentialKeys;
import io.github.auditstream.connect.office365.config.Setting;
import io.github.auditstream.connect.office365.config.TenantKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One error code of Entra ID that an application without a user can meet.
 *
 * @param number as in {@code AADSTS7000215}
 * @param kind whether a person must act
 * @param setting the configuration key to change, without a tenant's prefix; null where it is none
 * @param meaning what happened
 * @param fix what to do
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Error
 *     codes of Entra ID</a>
 */
record EntraCode(int number, Kind kind, @Nullable String setting, String meaning, String fix) {

  private static final String NEW_SECRET =
      "make a new secret under 'Certificates & secrets' and copy its value, not its id";
  private static final String REGISTER_CERTIFICATE =
      "upload the certificate under 'Certificates & secrets' of the app registration that client.id"
          + " names, or configure the one that is registered";
  private static final String MATCH_FEDERATION =
      "compare issuer, subject and audience of the assertion with the app registration's federated"
          + " credential, letter by letter";
  private static final String GIVE_CONSENT =
      "have an administrator of the tenant consent to the application permission"
          + " ActivityFeed.Read; it can take an hour to spread";
  private static final String RIGHT_CLOUD =
      "set cloud to the Microsoft cloud that the tenant is in";
  private static final String ASK_SECURITY =
      "ask the tenant's security administrators to let this application through, or to allow the"
          + " worker's addresses";
  private static final String WAIT = "it is tried again";

  private static final List<EntraCode> TABLE =
      List.of(
          code(7000215, CredentialKeys.CLIENT_SECRET, "the client secret is wrong", NEW_SECRET),
          code(7000222, CredentialKeys.CLIENT_SECRET, "the client secret has expired", NEW_SECRET),
          code(70002, CredentialKeys.CLIENT_SECRET, "the credential is wrong", NEW_SECRET),
          code(7000218, CredentialKeys.CLIENT_SECRET, "no credential arrived", NEW_SECRET),
          code(
              700025,
              TenantKeys.CLIENT_ID,
              "the app registration is for public clients, which have no credential",
              "switch off 'Allow public client flows' or use another app registration"),
          code(
              700016,
              TenantKeys.CLIENT_ID,
              "the tenant does not know the application",
              "check client.id and tenant.id, and have an administrator of the tenant consent to"
                  + " the application"),
          code(
              700011,
              TenantKeys.CLIENT_ID,
              "the tenant does not know the application",
              "check client.id and tenant.id"),
          code(
              7000229,
              TenantKeys.CLIENT_ID,
              "the application has no service principal in the tenant",
              "have an administrator of the tenant consent to the application"),
          code(
              50194,
              TenantKeys.CLIENT_ID,
              "the application is for its own tenant only",
              "make the app registration multi-tenant, or use one in the tenant itself"),
          code(
              7000112,
              TenantKeys.CLIENT_ID,
              "the application is disabled in the tenant",
              "enable it under 'Enterprise applications', 'Properties'"),
          code(
              70001,
              TenantKeys.CLIENT_ID,
              "the application is disabled or not in the tenant",
              "check client.id, and 'Enabled for users to sign in' under 'Enterprise"
                  + " applications'"),
          code(
              90002,
              TenantKeys.TENANT_ID,
              "there is no such tenant in this cloud",
              "check tenant.id, and " + RIGHT_CLOUD),
          code(900023, TenantKeys.TENANT_ID, "the tenant id is not valid", "check tenant.id"),
          code(
              50034,
              TenantKeys.TENANT_ID,
              "the account is not in this tenant",
              "check that tenant.id and client.id belong together"),
          code(
              700027,
              CredentialKeys.CERTIFICATE_LOCATION,
              "the certificate is not registered with the application, or its signature does not"
                  + " hold",
              REGISTER_CERTIFICATE),
          code(
              700030,
              CredentialKeys.CERTIFICATE_LOCATION,
              "the certificate's subject is not authorised",
              REGISTER_CERTIFICATE),
          code(
              7000213,
              CredentialKeys.CERTIFICATE_LOCATION,
              "the certificate chain is not valid",
              REGISTER_CERTIFICATE),
          code(
              50012,
              CredentialKeys.CERTIFICATE_LOCATION,
              "the certificate or its signature is refused",
              REGISTER_CERTIFICATE),
          code(
              50003,
              CredentialKeys.CERTIFICATE_LOCATION,
              "the application has no certificate",
              REGISTER_CERTIFICATE),
          code(
              700024,
              null,
              "the signed assertion is not valid at this time",
              "set the worker's clock right (NTP); for a federated assertion, have its provider"
                  + " renew the file"),
          code(
              500133,
              CredentialKeys.ASSERTION_LOCATION,
              "the assertion is not valid at this time",
              "set the worker's clock right (NTP), and have its provider renew the file"),
          code(
              50013,
              CredentialKeys.ASSERTION_LOCATION,
              "the assertion is not valid",
              "have its provider renew the file"),
          code(
              50027,
              CredentialKeys.ASSERTION_LOCATION,
              "the assertion is not a valid token",
              "check that the file holds the token of the identity provider"),
          code(
              70021,
              CredentialKeys.ASSERTION_LOCATION,
              "no federated credential fits the assertion",
              MATCH_FEDERATION),
          code(
              700211,
              CredentialKeys.ASSERTION_LOCATION,
              "no federated credential fits the assertion's issuer",
              MATCH_FEDERATION),
          code(
              700212,
              CredentialKeys.ASSERTION_LOCATION,
              "no federated credential fits the assertion's audience",
              MATCH_FEDERATION),
          code(
              700213,
              CredentialKeys.ASSERTION_LOCATION,
              "no federated credential fits the assertion's subject",
              MATCH_FEDERATION),
          code(
              7002137,
              CredentialKeys.ASSERTION_LOCATION,
              "no federated credential fits the assertion's subject",
              MATCH_FEDERATION),
          code(
              7002138,
              CredentialKeys.ASSERTION_LOCATION,
              "the assertion's subject fits the federated credential but for upper and lower case",
              MATCH_FEDERATION),
          code(65001, null, "nobody has consented to the application", GIVE_CONSENT),
          code(90094, null, "an administrator has not consented yet", GIVE_CONSENT),
          code(
              650052,
              TenantKeys.TENANT_ID,
              "the tenant has no Office 365 Management APIs",
              "check that the tenant has a Microsoft 365 licence"),
          code(
              650056, TenantKeys.CLIENT_ID, "the application asks for no permission", GIVE_CONSENT),
          code(
              650057,
              TenantKeys.CLIENT_ID,
              "the application does not list the Office 365 Management APIs",
              "add their application permission ActivityFeed.Read to the app registration, and "
                  + GIVE_CONSENT),
          code(
              500011,
              CommonKeys.CLOUD,
              "the tenant does not know the Office 365 Management APIs under this address",
              RIGHT_CLOUD + ", and check that it has a Microsoft 365 licence"),
          code(
              500014,
              TenantKeys.TENANT_ID,
              "the Office 365 Management APIs are disabled in the tenant",
              "enable them under 'Enterprise applications', 'Microsoft Applications'"),
          code(50001, CommonKeys.CLOUD, "the resource is disabled or unknown", RIGHT_CLOUD),
          code(70011, CommonKeys.CLOUD, "the scope is not valid in this cloud", RIGHT_CLOUD),
          code(1002012, CommonKeys.CLOUD, "the scope is not valid in this cloud", RIGHT_CLOUD),
          code(90038, CommonKeys.CLOUD, "the tenant is in another national cloud", RIGHT_CLOUD),
          code(900382, CommonKeys.CLOUD, "the application is in another cloud", RIGHT_CLOUD),
          code(900432, CommonKeys.CLOUD, "the application is in another cloud", RIGHT_CLOUD),
          code(53003, null, "a Conditional Access policy blocks the application", ASK_SECURITY),
          code(530032, null, "a security policy of the tenant blocks the request", ASK_SECURITY),
          code(530035, null, "the tenant's security defaults block the request", ASK_SECURITY),
          code(500021, null, "tenant restrictions deny the access", ASK_SECURITY),
          code(500022, null, "tenant restrictions deny the access", ASK_SECURITY),
          code(50002, null, "the tenant restricts access through this proxy", ASK_SECURITY),
          passing(90006, "Entra ID is not available for a moment"),
          passing(90012, "Entra ID timed out"),
          passing(90024, "Entra ID is short of resources"),
          passing(90033, "the directory behind Entra ID is not available"),
          passing(90055, "too many requests come in for the tenant"),
          passing(90090, "the service behind Entra ID is not available"),
          passing(50196, "Entra ID sees the same request too often"));

  private static final Map<Integer, EntraCode> BY_NUMBER =
      TABLE.stream().collect(Collectors.toUnmodifiableMap(EntraCode::number, Function.identity()));

  private static EntraCode code(
      int number, @Nullable Setting<?> setting, String meaning, String fix) {
    return new EntraCode(number, REFUSED, setting == null ? null : setting.key(), meaning, fix);
  }

  private static EntraCode passing(int number, String meaning) {
    return new EntraCode(number, UNAVAILABLE, null, meaning, WAIT);
  }

  /** All that are known. */
  static List<EntraCode> all() {
    return TABLE;
  }

  /** The first of these numbers that is known. */
  static Optional<EntraCode> find(List<Integer> numbers) {
    return numbers.stream().map(BY_NUMBER::get).filter(code -> code != null).findFirst();
  }
}
