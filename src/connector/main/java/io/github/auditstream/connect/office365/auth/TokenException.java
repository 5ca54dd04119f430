package io.github.auditstream.connect.office365.auth;

import io.github.auditstream.connect.office365.http.ConnectionFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No token could be had. The message says why and what to do, and holds no secret. */
public final class TokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final @Nullable String code;
  private final @Nullable String setting;
  private final @Nullable Duration serverAsks;

  /** What the caller can do about it. */
  public enum Kind {
    /**
     * Entra ID refuses this application, tenant or credential: a person must fix it. Retried
     * slowly.
     */
    REFUSED,
    /** Entra ID cannot be reached or has an outage: it recovers on its own. Retried soon. */
    UNAVAILABLE
  }

  /**
   * @param kind whether a person must act
   * @param code the {@code AADSTS} code where there is one
   * @param message cause and fix in words, without secrets
   * @param cause what was thrown, which must not carry a secret in its message
   */
  public TokenException(
      Kind kind, @Nullable String code, String message, @Nullable Throwable cause) {
    this(kind, code, null, null, message, cause);
  }

  /**
   * @param kind whether a person must act
   * @param code the {@code AADSTS} code where there is one
   * @param setting the configuration key to change, without a tenant's prefix, where it is known
   * @param serverAsks how long the server wants to be left alone, where it says so
   * @param message cause and fix in words, without secrets
   * @param cause what was thrown, which must not carry a secret in its message
   */
  TokenException(
      Kind kind,
      @Nullable String code,
      @Nullable String setting,
      @Nullable Duration serverAsks,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
    this.setting = setting;
    this.serverAsks = serverAsks;
  }

  /** The same once a part of the time has passed that the server wants to be left alone. */
  TokenException askingFor(Duration rest) {
    return new TokenException(kind, code, setting, rest, String.valueOf(getMessage()), getCause());
  }

  public Kind kind() {
    return kind;
  }

  /** The {@code AADSTS} code, for example {@code AADSTS7000215}, where Entra ID gave one. */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }

  /**
   * The configuration key to change, where the cause points to one: without a tenant's prefix, for
   * example {@code client.secret}.
   */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }

  /** Why no answer came, where none did. */
  public Optional<ConnectionFailure> connectionFailure() {
    return getCause() instanceof IOException failure
        ? Optional.of(ConnectionFailure.of(failure))
        : Optional.empty();
  }

  /** How long the server wants to be left alone ({@code Retry-After}), where it says so. */
  public Optional<Duration> serverAsks() {
    return Optional.ofNullable(serverAsks);
  }
}
