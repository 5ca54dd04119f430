package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.ManagementApi;
import io.github.auditstream.connect.office365.api.RequestObserver;
import io.github.auditstream.connect.office365.auth.AccessToken;
import io.github.auditstream.connect.office365.auth.CertificateFile;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.auth.UnusableCredentialException;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.graph.GraphClient;
import io.github.auditstream.connect.office365.http.Causes;
import io.github.auditstream.connect.office365.status.metrics.Reading;
import io.github.auditstream.connect.office365.status.metrics.TenantMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures a tenant's requests, tokens and credential, each where it passes by. */
public final class ObservedTenant implements RequestObserver {
  /** The client secret has expired. */
  private static final String SECRET_EXPIRED = "AADSTS7000222";

  private static final String OK = "ok";

  private final TenantMetrics metrics;

  /**
   * @param tenant its id
   */
  ObservedTenant(String tenant, Environment environment) {
    this.metrics = new TenantMetrics(tenant, outcomes(), environment.clock(), environment.ticks());
  }

  /** How a request can end, as the metrics name it. */
  public static List<String> outcomes() {
    return Stream.concat(
            Stream.of(OK), Stream.of(ApiOutcome.Kind.values()).map(ObservedTenant::word))
        .collect(Collectors.toUnmodifiableList());
  }

  private static String word(ApiOutcome.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void ended(ApiOutcome<?> outcome) {
    metrics.request(outcome instanceof ApiOutcome.Failed<?> failed ? word(failed.kind()) : OK);
  }

  /** The same tokens, observed. */
  TokenSource tokens(TokenSource source) {
    return new TokenSource() {
      @Override
      public CompletableFuture<AccessToken> token() {
        return observed(source.token());
      }

      @Override
      public CompletableFuture<AccessToken> instead(AccessToken refused) {
        return observed(source.instead(refused));
      }
    };
  }

  private CompletableFuture<AccessToken> observed(CompletableFuture<AccessToken> wanted) {
    return wanted.whenComplete(
        (token, error) -> {
          if (error == null) {
            metrics.token(token.expiresOn());
          } else if (Causes.of(error) instanceof TokenException e) {
            metrics.noToken(e.code().filter(SECRET_EXPIRED::equals).isPresent());
          }
        });
  }

  /** The same credential, observed whenever a token is about to be asked for with it. */
  Supplier<Credential> credential(Supplier<Credential> source) {
    return () -> {
      Credential credential = source.get();
      metrics.secretEnds(endOf(credential));
      return credential;
    };
  }

  private static Optional<Instant> endOf(Credential credential) {
    if (credential instanceof Credential.ClientSecret secret) {
      return secret.expiresOn();
    }
    if (credential instanceof Credential.ClientCertificate where) {
      try {
        return Optional.of(CertificateFile.read(where).expiresOn());
      } catch (UnusableCredentialException e) {
        // The token request that follows says what is wrong with it.
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Its metrics, to be registered, where it is asked through Microsoft Graph. */
  List<Reading> readings(GraphClient graph) {
    return metrics.readings(graph.budget()::isPaused);
  }

  /** Its metrics, to be registered. */
  List<Reading> readings(ManagementApi api) {
    return metrics.readings(api.quota()::requestsPerMinuteNow, api.quota()::isPaused);
  }
}
