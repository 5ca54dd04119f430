package io.github.auditstream.connect.office365.auth;

import static io.github.auditstream.connect.office365.auth.TokenException.Kind.REFUSED;
import static io.github.auditstream.connect.office365.auth.TokenException.Kind.UNAVAILABLE;

import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.config.CredentialKeys;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.http.ConnectionFailure;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in words why a tenant's token request failed. */
final class TokenFailures {
  private final String tenant;
  private final String authority;

  TokenFailures(TenantSettings tenant, CloudEndpoints cloud) {
    this.tenant = "tenant " + tenant.alias() + " (" + tenant.tenantId() + ")";
    this.authority = cloud.authority().getHost();
  }

  /** The configuration or its files cannot be used, so nothing was asked. */
  TokenException unusable(@Nullable String setting, String message) {
    return new TokenException(
        REFUSED,
        null,
        setting,
        null,
        "No token was asked for, for " + tenant + ": " + message,
        null);
  }

  /** Entra ID answered, and not with a token. */
  TokenException answered(EntraAnswerException thrown) {
    AnswerJson answer = thrown.answer();
    Optional<EntraCode> known = EntraCode.find(answer.codes());
    Optional<Integer> number =
        known.map(EntraCode::number).or(() -> answer.codes().stream().findFirst());
    boolean passing =
        thrown.status() == 429
            || thrown.status() >= 500
            || answer.error().isEmpty()
            || answer.error().get().equals("temporarily_unavailable")
            || known.filter(code -> code.kind() == UNAVAILABLE).isPresent();
    StringBuilder message = new StringBuilder("Entra ID (").append(authority).append(") ");
    message.append(passing ? "gave no token for " : "refuses a token for ").append(tenant);
    number.ifPresent(code -> message.append(", AADSTS").append(code));
    message.append(", HTTP ").append(thrown.status()).append(": ");
    message.append(words(answer, known));
    answer
        .correlationId()
        .ifPresent(id -> message.append(" Correlation id ").append(id).append('.'));
    return new TokenException(
        passing ? UNAVAILABLE : REFUSED,
        number.map(code -> "AADSTS" + code).orElse(null),
        known.map(EntraCode::setting).orElse(null),
        thrown.retryAfter().orElse(null),
        message.toString(),
        null);
  }

  private static String words(AnswerJson answer, Optional<EntraCode> known) {
    if (known.isPresent()) {
      return known.get().meaning() + "; " + known.get().fix() + ".";
    }
    if (answer.error().isEmpty()) {
      return "the answer is not Entra ID's; check proxy.host and what else is on the way.";
    }
    if (answer.codes().isEmpty()) {
      return "it names no AADSTS code; check client.id and the credential.";
    }
    return "see https://login.microsoftonline.com/error?code=" + answer.codes().get(0) + ".";
  }

  /** No answer came. */
  TokenException unreachable(IOException failure) {
    return new TokenException(
        UNAVAILABLE,
        null,
        "Entra ID ("
            + authority
            + ") gave no token for "
            + tenant
            + ": "
            + ConnectionFailure.describe(failure, authority, CommonKeys.AUTHORITY_ENDPOINT.key()),
        failure);
  }

  /** The Azure machine gave no token of its identity. */
  TokenException noIdentity(int status) {
    boolean refused =
        status >= 400 && status < 500 && status != 404 && status != 410 && status != 429;
    String words =
        refused
            ? "the machine does not have this identity; assign it, check client.id, and grant it"
                + " ActivityFeed.Read of the Office 365 Management APIs"
            : "its identity endpoint does not answer; check that the worker runs on Azure and may"
                + " reach it, with 169.254.169.254 in NO_PROXY where one is set for the machine";
    return new TokenException(
        refused ? REFUSED : UNAVAILABLE,
        null,
        refused ? CredentialKeys.MANAGED_IDENTITY.key() : null,
        null,
        "The Azure machine gave no token for "
            + tenant
            + (status == 0 ? "" : ", HTTP " + status)
            + ": "
            + words
            + ".",
        null);
  }

  /** The token endpoint's answer could not be used. */
  TokenException unexpected() {
    return new TokenException(
        UNAVAILABLE,
        null,
        "Entra ID (" + authority + ") gave no token for " + tenant + ": its answer holds none.",
        null);
  }

  /** The thread was asked to stop. */
  TokenException interrupted() {
    return new TokenException(
        UNAVAILABLE, null, "The token request for " + tenant + " was interrupted.", null);
  }
}
