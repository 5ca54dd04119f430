package io.github.auditstream.connect.office365.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Entra ID's token endpoint, v2 and v1, for client credentials: a secret, an assertion signed by a
 * registered certificate, or a federated assertion.
 */
final class TokenEndpoint {
  private static final String BEARER_ASSERTION =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final String DEFAULT_SCOPE = "/.default";

  private final World world;

  TokenEndpoint(World world) {
    this.world = world;
  }

  Answer answer(Call call) {
    if (!call.method().equals("POST")) {
      world.breaches().add(Rule.UNKNOWN_OPERATION, "A token was asked for with " + call.method());
      return EntraErrors.error(
          400, "invalid_request", 900561, "The endpoint only accepts POST requests.");
    }
    Optional<SimulatedTenant> known = call.tenantId().flatMap(world::tenant);
    if (known.isEmpty()) {
      return EntraErrors.unknownTenant(call.tenant());
    }
    SimulatedTenant tenant = known.get();
    for (String needed : List.of("grant_type", "client_id")) {
      if (call.formField(needed).isEmpty()) {
        return EntraErrors.missing(needed);
      }
    }
    if (!call.formField("grant_type").orElseThrow().equals("client_credentials")) {
      return EntraErrors.unsupportedGrant();
    }
    if (!call.formField("client_id").orElseThrow().equals(tenant.clientId())) {
      return EntraErrors.unknownClient();
    }
    Optional<Answer> refusal = credentialRefusal(call, tenant).or(() -> audienceRefusal(call));
    return refusal.orElseGet(() -> issue(tenant, audience(call)));
  }

  private Answer issue(SimulatedTenant tenant, String audience) {
    Resource resource = world.resource(audience).orElseThrow();
    String token =
        world
            .tokens()
            .issue(
                tenant.id(), resource, audience, tenant.consent(), world.now(), tenant.tokenLife());
    long young = world.tokens().young(tenant.id(), resource, world.now());
    if (young > world.behaviour().tokenRequestsPerMinute()) {
      world
          .breaches()
          .add(
              Rule.TOO_MANY_TOKEN_REQUESTS,
              young + " tokens within a minute for tenant " + tenant.id() + ", all still valid");
    }
    long seconds = tenant.tokenLife().toSeconds();
    return Answer.json(
        200,
        Answer.ordered(
            "token_type", "Bearer",
            "expires_in", seconds,
            "ext_expires_in", seconds,
            "access_token", token));
  }

  private Optional<Answer> credentialRefusal(Call call, SimulatedTenant tenant) {
    Optional<String> secret = call.formField("client_secret");
    if (secret.isPresent()) {
      if (!secret.get().equals(tenant.clientSecret())) {
        return Optional.of(EntraErrors.wrongSecret());
      }
      return tenant.secretExpired() ? Optional.of(EntraErrors.secretExpired()) : Optional.empty();
    }
    Optional<String> assertion = call.formField("client_assertion");
    if (assertion.isEmpty()) {
      return Optional.of(
          EntraErrors.error(
              401,
              "invalid_client",
              7000218,
              "The request body must contain 'client_assertion' or 'client_secret'."));
    }
    if (!call.formField("client_assertion_type").orElse("").equals(BEARER_ASSERTION)) {
      return Optional.of(EntraErrors.missing("client_assertion_type"));
    }
    if (tenant.trustsFederated(assertion.get())) {
      return Optional.empty();
    }
    String base = world.baseUri() + "/" + call.tenant();
    return ClientAssertions.refusal(
        assertion.get(),
        tenant.clientId(),
        List.of(base + "/oauth2/v2.0/token", base + "/oauth2/token", base + "/v2.0"),
        tenant.certificates(),
        world.now());
  }

  private Optional<Answer> audienceRefusal(Call call) {
    String field = version2(call) ? "scope" : "resource";
    if (call.formField(field).isEmpty()) {
      return Optional.of(EntraErrors.missing(field));
    }
    String audience = audience(call);
    if (audience.isEmpty()) {
      return Optional.of(EntraErrors.badScope(call.formField(field).orElseThrow()));
    }
    return world.resource(audience).isPresent()
        ? Optional.empty()
        : Optional.of(EntraErrors.unknownResource(audience));
  }

  /** What the token is asked for; empty text where no scope names it. */
  private static String audience(Call call) {
    if (!version2(call)) {
      return call.formField("resource").orElse("");
    }
    // MSAL adds the scopes of OpenID Connect to those it was asked for, in the order of a hash set.
    return Arrays.stream(call.formField("scope").orElse("").split(" "))
        .filter(one -> one.endsWith(DEFAULT_SCOPE))
        .map(one -> one.substring(0, one.length() - DEFAULT_SCOPE.length()))
        .findFirst()
        .orElse("");
  }

  private static boolean version2(Call call) {
    return call.path().endsWith("/v2.0/token");
  }
}
