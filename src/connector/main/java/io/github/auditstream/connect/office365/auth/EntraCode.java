package io.github.auditstream.connect.office365.auth;

import static io.github.auditstream.connect.office365.auth.TokenException.Kind.REFUSED;
import static io.github.auditstream.connect.office365.auth.TokenException.Kind.UNAVAILABLE;

import io.github.auditstream.connect.office365.auth.TokenException.Kind;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.config.CredentialKeys;
import io.github.auditstream.connect.office365.config.Setting;
import io.github.auditstream.connect.office365.config.TenantKeys;
import java.util.ArrayList;
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
      new Table()
          .fix(CredentialKeys.CLIENT_SECRET, NEW_SECRET)
          .code(7000215, "the client secret is wrong")
          .code(7000222, "the client secret has expired")
          .code(70002, "the credential is wrong")
          .code(7000218, "no credential arrived")
          .fix(
              TenantKeys.CLIENT_ID,
              "switch off 'Allow public client flows' or use another app registration")
          .code(700025, "the app registration is for public clients, which have no credential")
          .fix(
              TenantKeys.CLIENT_ID,
              "check client.id and tenant.id, and have an administrator of the tenant consent to"
                  + " the application")
          .code(700016, "the tenant does not know the application")
          .fix(TenantKeys.CLIENT_ID, "check client.id and tenant.id")
          .code(700011, "the tenant does not know the application")
          .fix(
              TenantKeys.CLIENT_ID,
              "have an administrator of the tenant consent to the application")
          .code(7000229, "the application has no service principal in the tenant")
          .fix(
              TenantKeys.CLIENT_ID,
              "make the app registration multi-tenant, or use one in the tenant itself")
          .code(50194, "the application is for its own tenant only")
          .fix(TenantKeys.CLIENT_ID, "enable it under 'Enterprise applications', 'Properties'")
          .code(7000112, "the application is disabled in the tenant")
          .fix(
              TenantKeys.CLIENT_ID,
              "check client.id, and 'Enabled for users to sign in' under 'Enterprise"
                  + " applications'")
          .code(70001, "the application is disabled or not in the tenant")
          .fix(TenantKeys.TENANT_ID, "check tenant.id, and " + RIGHT_CLOUD)
          .code(90002, "there is no such tenant in this cloud")
          .fix(TenantKeys.TENANT_ID, "check tenant.id")
          .code(900023, "the tenant id is not valid")
          .fix(TenantKeys.TENANT_ID, "check that tenant.id and client.id belong together")
          .code(50034, "the account is not in this tenant")
          .fix(CredentialKeys.CERTIFICATE_LOCATION, REGISTER_CERTIFICATE)
          .code(
              700027,
              "the certificate is not registered with the application, or its signature does not"
                  + " hold")
          .code(700030, "the certificate's subject is not authorised")
          .code(7000213, "the certificate chain is not valid")
          .code(50012, "the certificate or its signature is refused")
          .code(50003, "the application has no certificate")
          .fix(
              "set the worker's clock right (NTP); for a federated assertion, have its provider"
                  + " renew the file")
          .code(700024, "the signed assertion is not valid at this time")
          .fix(
              CredentialKeys.ASSERTION_LOCATION,
              "set the worker's clock right (NTP), and have its provider renew the file")
          .code(500133, "the assertion is not valid at this time")
          .fix(CredentialKeys.ASSERTION_LOCATION, "have its provider renew the file")
          .code(50013, "the assertion is not valid")
          .fix(
              CredentialKeys.ASSERTION_LOCATION,
              "check that the file holds the token of the identity provider")
          .code(50027, "the assertion is not a valid token")
          .fix(CredentialKeys.ASSERTION_LOCATION, MATCH_FEDERATION)
          .code(70021, "no federated credential fits the assertion")
          .code(700211, "no federated credential fits the assertion's issuer")
          .code(700212, "no federated credential fits the assertion's audience")
          .code(700213, "no federated credential fits the assertion's subject")
          .code(7002137, "no federated credential fits the assertion's subject")
          .code(
              7002138,
              "the assertion's subject fits the federated credential but for upper and lower case")
          .fix(GIVE_CONSENT)
          .code(65001, "nobody has consented to the application")
          .code(90094, "an administrator has not consented yet")
          .fix(TenantKeys.TENANT_ID, "check that the tenant has a Microsoft 365 licence")
          .code(650052, "the tenant has no Office 365 Management APIs")
          .fix(TenantKeys.CLIENT_ID, GIVE_CONSENT)
          .code(650056, "the application asks for no permission")
          .fix(
              TenantKeys.CLIENT_ID,
              "add their application permission ActivityFeed.Read to the app registration, and "
                  + GIVE_CONSENT)
          .code(650057, "the application does not list the Office 365 Management APIs")
          .fix(CommonKeys.CLOUD, RIGHT_CLOUD + ", and check that it has a Microsoft 365 licence")
          .code(
              500011, "the tenant does not know the Office 365 Management APIs under this address")
          .fix(
              TenantKeys.TENANT_ID,
              "enable them under 'Enterprise applications', 'Microsoft Applications'")
          .code(500014, "the Office 365 Management APIs are disabled in the tenant")
          .fix(CommonKeys.CLOUD, RIGHT_CLOUD)
          .code(50001, "the resource is disabled or unknown")
          .code(70011, "the scope is not valid in this cloud")
          .code(1002012, "the scope is not valid in this cloud")
          .code(90038, "the tenant is in another national cloud")
          .code(900382, "the application is in another cloud")
          .code(900432, "the application is in another cloud")
          .fix(ASK_SECURITY)
          .code(53003, "a Conditional Access policy blocks the application")
          .code(530032, "a security policy of the tenant blocks the request")
          .code(530035, "the tenant's security defaults block the request")
          .code(500021, "tenant restrictions deny the access")
          .code(500022, "tenant restrictions deny the access")
          .code(50002, "the tenant restricts access through this proxy")
          .passing(WAIT)
          .code(90006, "Entra ID is not available for a moment")
          .code(90012, "Entra ID timed out")
          .code(90024, "Entra ID is short of resources")
          .code(90033, "the directory behind Entra ID is not available")
          .code(90055, "too many requests come in for the tenant")
          .code(90090, "the service behind Entra ID is not available")
          .code(50196, "Entra ID sees the same request too often")
          .codes;

  private static final Map<Integer, EntraCode> BY_NUMBER =
      TABLE.stream().collect(Collectors.toUnmodifiableMap(EntraCode::number, Function.identity()));

  /** Takes in codes, below what they have in common. */
  private static final class Table {
    private final List<EntraCode> codes = new ArrayList<>();
    private Kind kind = REFUSED;
    private @Nullable String setting;
    private String fix = "";

    /** What a person must do about the codes that follow. */
    Table fix(String what) {
      return fix(REFUSED, null, what);
    }

    /** The same, where there is a key to change. */
    Table fix(Setting<?> toChange, String what) {
      return fix(REFUSED, toChange.key(), what);
    }

    /** The codes that follow pass by themselves. */
    Table passing(String what) {
      return fix(UNAVAILABLE, null, what);
    }

    private Table fix(Kind ofThese, @Nullable String toChange, String what) {
      kind = ofThese;
      setting = toChange;
      fix = what;
      return this;
    }

    Table code(int number, String meaning) {
      codes.add(new EntraCode(number, kind, setting, meaning, fix));
      return this;
    }
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
