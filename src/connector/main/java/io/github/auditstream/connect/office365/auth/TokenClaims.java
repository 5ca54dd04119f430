package io.github.auditstream.connect.office365.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What can be read in a token. Entra ID does not promise that a client can: nothing is decided by
 * it, it only makes words more exact.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/access-tokens">Access
 *     tokens</a>
 */
public final class TokenClaims {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LONGEST_TEXT = 1 << 16;
  private static final int PARTS = 3;

  private TokenClaims() {}

  /**
   * The application permissions in the token, for example {@code ActivityFeed.Read}; none if it has
   * none; empty if the token cannot be read.
   */
  public static Optional<Set<String>> roles(AccessToken token) {
    String text = token.reveal();
    String[] parts = text.split("\\.", -1);
    if (text.length() > LONGEST_TEXT || parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      return Optional.of(roles(Base64.getUrlDecoder().decode(parts[1])));
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private static Set<String> roles(byte[] claims) throws IOException {
    Set<String> roles = new TreeSet<>();
    try (JsonParser parser = JSON.createParser(claims)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the claims are not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.getCurrentName().equals("roles");
        if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
          while (parser.nextToken() == JsonToken.VALUE_STRING) {
            roles.add(parser.getText());
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return roles;
  }
}
