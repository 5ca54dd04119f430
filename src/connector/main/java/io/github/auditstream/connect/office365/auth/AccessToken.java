package io.github.auditstream.connect.office365.auth;

import java.time.Instant;

/**
 * A bearer token. Two tokens are the same only if they are the same object.
 *
 * <p>Hides its text wherever it is printed.
 */
public final class AccessToken {
  private final String text;
  private final Instant expiresOn;

  /**
   * @param text the token as it is sent after {@code Bearer}
   * @param expiresOn when it ends, as Entra ID said with it
   */
  public AccessToken(String text, Instant expiresOn) {
    this.text = text;
    this.expiresOn = expiresOn;
  }

  /** The token's text, for the {@code Authorization} header only. */
  public String reveal() {
    return text;
  }

  /** When the token ends. */
  public Instant expiresOn() {
    return expiresOn;
  }

  @Override
  public String toString() {
    return "AccessToken[hidden, expiresOn=" + expiresOn + "]";
  }
}
