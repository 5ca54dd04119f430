package io.github.auditstream.connect.office365.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {

  private static Optional<Set<String>> roles(String token) {
    return TokenClaims.roles(new AccessToken(token, Instant.EPOCH));
  }

  private static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return "head." + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".signature";
  }

  @Test
  void findsTheRolesAmongOtherClaims() {
    assertThat(
            roles(
                jwt(
                    "{\"aud\":\"x\",\"xms\":{\"roles\":[\"inner\"]},\"amr\":[\"roles\"],"
                        + "\"roles\":[\"ActivityFeed.Read\",\"ServiceHealth.Read\"],\"ver\":\"1.0\"}")))
        .contains(Set.of("ActivityFeed.Read", "ServiceHealth.Read"));
  }

  @Test
  void distinguishesATokenWithoutRolesFromAnUnreadableOne() {
    assertThat(roles(jwt("{\"scp\":\"ActivityFeed.Read\"}"))).contains(Set.of());
    assertThat(roles(jwt("{\"roles\":\"ActivityFeed.Read\"}"))).contains(Set.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "opaque", "a.b", "a.%%%.c", "a..c", "a.b.c.d.e", "a.W10.c", "a.e30"})
  void knowsNothingOfATokenThatIsSomethingElse(String token) {
    assertThat(roles(token)).isEmpty();
  }

  @Test
  void doesNotReadATokenWithoutEnd() {
    assertThat(roles(jwt("{\"roles\":[\"" + "x".repeat(100_000) + "\"]}"))).isEmpty();
  }
}
