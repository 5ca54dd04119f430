package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.config.Credential;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Asks for a managed identity's token and prints what comes of it. */
final class ManagedIdentityMain {
  private ManagedIdentityMain() {}

  public static void main(String[] args) {
    Credential identity =
        new Credential.ManagedIdentity(args.length > 0 ? Optional.of(args[0]) : Optional.empty());
    BlockingTokens source =
        BlockingTokens.create(
            Tenants.tenant(identity),
            Tenants.cloud(URI.create("https://login.microsoftonline.com")),
            () -> identity,
            Tenants.http(),
            Duration.ofSeconds(30),
            Clock.systemUTC());
    try {
      AccessToken first = source.token();
      AccessToken second = source.instead(first);
      System.out.println("given " + first.reveal() + " then " + second.reveal());
    } catch (TokenException e) {
      System.out.println(e.kind() + " " + e.setting().orElse("-") + " " + e.getMessage());
    }
  }
}
