package io.github.auditstream.connect.office365.auth;

/** Gives the bearer token of one tenant. Safe for many threads. */
public interface TokenSource {

  /**
   * The current token, acquired or renewed where needed. Blocks for at most the configured
   * time-outs.
   *
   * @throws TokenException if Entra ID cannot be asked, or refuses
   */
  AccessToken token() throws TokenException;

  /**
   * A token in place of one that the API refused. Many callers refused at once cause one request.
   * The same object again means that there is no other.
   *
   * @param refused the token that the API answered 401 to
   * @throws TokenException if Entra ID cannot be asked, or refuses
   */
  AccessToken instead(AccessToken refused) throws TokenException;
}
