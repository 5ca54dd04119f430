package io.github.auditstream.connect.office365.auth;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import io.github.auditstream.connect.office365.config.CloudEndpoints;
import io.github.auditstream.connect.office365.config.CommonKeys;
import io.github.auditstream.connect.office365.config.Credential;
import io.github.auditstream.connect.office365.config.TenantSettings;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Asks Entra ID through MSAL. Every request makes its own MSAL application from the credential as
 * it is now, files included, so that nothing rotated is missed; tokens are kept elsewhere, so
 * MSAL's cache is not asked.
 */
record EntraTokenRequest(
    TenantSettings tenant,
    CloudEndpoints cloud,
    Supplier<Credential> credential,
    HttpClient http,
    Duration timeout,
    ScheduledExecutorService timer,
    Clock clock) {
  /** What can stand in a header; the client would quote anything else in an exception. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /**
   * Blocks until the answer is there or its time is up. Can be interrupted: then it throws, and the
   * thread's interrupt flag is set.
   */
  AccessToken send() throws TokenException {
    Credential now;
    try {
      now = credential.get();
    } catch (RuntimeException e) {
      // Whoever reads configurations says what is wrong; its words are not ours to pass on.
      throw failures()
          .unusable(
              null,
              "the configured credential cannot be read now ("
                  + e.getClass().getSimpleName()
                  + "); check its keys and the config provider.");
    }
    return now instanceof Credential.ManagedIdentity identity
        ? ofTheMachine(identity)
        : ofTheApplication(asMsalCredential(now));
  }

  private TokenFailures failures() {
    return new TokenFailures(tenant, cloud);
  }

  private IClientCredential asMsalCredential(Credential now) throws TokenException {
    try {
      if (now instanceof Credential.ClientSecret client) {
        return ClientCredentialFactory.createFromSecret(client.secret().reveal());
      }
      if (now instanceof Credential.ClientCertificate where) {
        CertificateFile file = CertificateFile.read(where);
        file.requireValidAt(clock.instant());
        return ClientCredentialFactory.createFromCertificateChain(file.privateKey(), file.chain());
      }
      if (now instanceof Credential.FederatedToken token) {
        return ClientCredentialFactory.createFromClientAssertion(
            AssertionFile.read(token.location()).reveal());
      }
    } catch (UnusableCredentialException e) {
      throw failures().unusable(e.key(), e.getMessage() + ".");
    }
    throw new IllegalStateException("no such credential: " + now.getClass());
  }

  private AccessToken ofTheApplication(IClientCredential secret) throws TokenException {
    MsalHttp entra = new MsalHttp(http, timeout, timer, clock, true);
    ConfidentialClientApplication application;
    try {
      application =
          ConfidentialClientApplication.builder(tenant.clientId(), secret)
              .authority(cloud.authority() + "/" + tenant.tenantId())
              // Discovery would ask login.microsoftonline.com about every other authority.
              .validateAuthority(false)
              .instanceDiscovery(false)
              .httpClient(entra)
              .executorService(new DirectExecutorService())
              .disableInternalRetries()
              .build();
    } catch (MalformedURLException e) {
      throw failures()
          .unusable(CommonKeys.AUTHORITY_ENDPOINT.key(), "authority.endpoint is not a URL.");
    }
    ClientCredentialParameters wanted =
        ClientCredentialParameters.builder(Set.of(cloud.management() + "/.default"))
            .skipCache(true)
            .build();
    try {
      return token(application.acquireToken(wanted));
    } catch (ExecutionException e) {
      throw inWords(e, entra, false);
    }
  }

  private AccessToken ofTheMachine(Credential.ManagedIdentity identity) throws TokenException {
    MsalHttp machine = new MsalHttp(http, timeout, timer, clock, false);
    ManagedIdentityApplication application =
        ManagedIdentityApplication.builder(
                identity
                    .clientId()
                    .map(ManagedIdentityId::userAssignedClientId)
                    .orElseGet(ManagedIdentityId::systemAssigned))
            .httpClient(machine)
            .executorService(new DirectExecutorService())
            .disableInternalRetries()
            .build();
    ManagedIdentityParameters wanted =
        ManagedIdentityParameters.builder(cloud.management().toString()).forceRefresh(true).build();
    try {
      return token(application.acquireTokenForManagedIdentity(wanted));
    } catch (TokenException e) {
      throw e;
    } catch (Exception e) {
      // The interface declares every exception there is.
      throw inWords(e, machine, true);
    }
  }

  private AccessToken token(Future<IAuthenticationResult> answer)
      throws TokenException, ExecutionException {
    try {
      IAuthenticationResult result = answer.get();
      if (result.accessToken() == null || !TOKEN.matcher(result.accessToken()).matches()) {
        throw failures().unexpected();
      }
      return new AccessToken(result.accessToken(), result.expiresOnDate().toInstant());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures().interrupted();
    }
  }

  private TokenException inWords(Exception thrown, MsalHttp used, boolean managedIdentity) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return failures().interrupted();
      }
      if (cause instanceof EntraAnswerException answer) {
        return failures().answered(answer);
      }
      if (cause instanceof IOException failure && !managedIdentity) {
        return failures().unreachable(failure);
      }
    }
    return managedIdentity ? failures().noIdentity(used.lastStatus()) : failures().unexpected();
  }
}
