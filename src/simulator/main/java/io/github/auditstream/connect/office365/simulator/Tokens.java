package io.github.auditstream.connect.office365.simulator;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The tokens that were issued. Thread-safe. */
final class Tokens {

  /**
   * One token.
   *
   * @param resource the API that it is for
   * @param permissions for that API, as consented to when it was issued; a later consent does not
   *     change it
   */
  record Token(
      UUID tenant,
      Resource resource,
      Set<Permission> permissions,
      Instant issued,
      Instant expires,
      boolean revoked) {

    private Token withdrawn() {
      return new Token(tenant, resource, permissions, issued, expires, true);
    }
  }

  private static final byte[] HEADER =
      "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"simulated\"}"
          .getBytes(StandardCharsets.US_ASCII);

  private final Map<String, Token> issued = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  String issue(
      UUID tenant,
      Resource resource,
      String audience,
      Set<Permission> consent,
      Instant now,
      Duration life) {
    Set<Permission> permissions =
        consent.stream()
            .filter(permission -> permission.resource() == resource)
            .collect(Collectors.toUnmodifiableSet());
    byte[] signature = new byte[48];
    random.nextBytes(signature);
    // As Entra ID's tokens look; nobody can check the signature.
    String text =
        base64(HEADER)
            + "."
            + base64(Answer.toJson(claims(tenant, audience, permissions, now, life)))
            + "."
            + base64(signature);
    issued.values().removeIf(old -> old.expires().isBefore(now.minus(Duration.ofHours(2))));
    issued.put(text, new Token(tenant, resource, permissions, now, now.plus(life), false));
    return text;
  }

  private static Map<String, Object> claims(
      UUID tenant, String audience, Set<Permission> permissions, Instant now, Duration life) {
    return Answer.ordered(
        "aud", audience,
        "tid", tenant.toString(),
        "iat", now.getEpochSecond(),
        "exp", now.plus(life).getEpochSecond(),
        "roles", permissions.stream().map(Permission::role).sorted().toList());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  Optional<Token> find(String text) {
    return Optional.ofNullable(issued.get(text));
  }

  void revokeAll(UUID tenant) {
    issued.replaceAll((text, token) -> token.tenant().equals(tenant) ? token.withdrawn() : token);
  }

  /** Tokens that were issued within the last minute and have five minutes or more to go. */
  long young(UUID tenant, Resource resource, Instant now) {
    return issued.values().stream()
        .filter(token -> token.tenant().equals(tenant) && token.resource() == resource)
        .filter(token -> !token.revoked())
        .filter(token -> token.issued().isAfter(now.minus(Duration.ofMinutes(1))))
        .filter(token -> token.expires().isAfter(now.plus(Duration.ofMinutes(5))))
        .count();
  }
}
