package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.config.Credential.CertificateType;
import io.github.auditstream.connect.office365.model.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a tenant's credential. It is taken whole from one level: the tenant's own keys if one of
 * them names a credential, else the keys without prefix.
 */
final class CredentialReader {
  private static final List<String> OF_A_CERTIFICATE =
      List.of(
          CredentialKeys.CERTIFICATE_TYPE.key(),
          CredentialKeys.CERTIFICATE_KEY_LOCATION.key(),
          CredentialKeys.CERTIFICATE_PASSWORD.key());

  private final Values values;
  private final ConfigErrors errors;

  CredentialReader(Values values) {
    this.values = values;
    this.errors = values.errors();
  }

  /** What the keys of the tenant's credential begin with. */
  String prefix(String alias) {
    String own = TenantKeys.ofAlias(alias, "");
    return named(own).isEmpty() ? "" : own;
  }

  /** The credential; empty if an error was added that must be fixed first. */
  Optional<Credential> read(String alias, String ownPrefix) {
    refuseOrphans(ownPrefix);
    String prefix = prefix(alias);
    if (!prefix.equals(ownPrefix)) {
      refuseOrphans(prefix);
    }
    List<String> named = named(prefix);
    if (named.isEmpty()) {
      errors.add(
          ownPrefix + CredentialKeys.CLIENT_SECRET.key(),
          "is missing, and so is every other credential",
          "write client.secret, client.certificate.location, client.assertion.location or"
              + " managed.identity");
      return Optional.empty();
    }
    if (named.size() > 1) {
      String all = String.join(" and ", named);
      for (String key : named) {
        errors.add(key, "is one of several credentials", "keep only one of " + all);
      }
      return Optional.empty();
    }
    return only(alias, prefix, named.get(0).substring(prefix.length()));
  }

  private Optional<Credential> only(String alias, String prefix, String kind) {
    if (kind.equals(CredentialKeys.CLIENT_SECRET.key())) {
      return values
          .find(prefix + kind, CredentialKeys.CLIENT_SECRET)
          .map(secret -> new Credential.ClientSecret(secret, secretExpires(prefix)));
    }
    if (kind.equals(CredentialKeys.ASSERTION_LOCATION.key())) {
      return values
          .find(prefix + kind, CredentialKeys.ASSERTION_LOCATION)
          .map(Credential.FederatedToken::new);
    }
    return kind.equals(CredentialKeys.CERTIFICATE_LOCATION.key())
        ? certificate(prefix)
        : managedIdentity(alias, prefix);
  }

  private Optional<Instant> secretExpires(String prefix) {
    return values.find(prefix + CredentialKeys.SECRET_EXPIRES.key(), CredentialKeys.SECRET_EXPIRES);
  }

  private Optional<Credential> certificate(String prefix) {
    Optional<Path> location =
        values.find(
            prefix + CredentialKeys.CERTIFICATE_LOCATION.key(),
            CredentialKeys.CERTIFICATE_LOCATION);
    if (location.isEmpty()) {
      return Optional.empty();
    }
    Optional<CertificateType> type = type(prefix, location.get());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> keyLocation =
        values.find(
            prefix + CredentialKeys.CERTIFICATE_KEY_LOCATION.key(),
            CredentialKeys.CERTIFICATE_KEY_LOCATION);
    if (type.get() == CertificateType.PKCS12 && keyLocation.isPresent()) {
      errors.add(
          prefix + CredentialKeys.CERTIFICATE_KEY_LOCATION.key(),
          "is for PEM, and the certificate's file is PKCS#12",
          "remove it, or write client.certificate.type=PEM");
      return Optional.empty();
    }
    Optional<Secret> password =
        values.find(
            prefix + CredentialKeys.CERTIFICATE_PASSWORD.key(),
            CredentialKeys.CERTIFICATE_PASSWORD);
    return Optional.of(
        new Credential.ClientCertificate(location.get(), type.get(), keyLocation, password));
  }

  private Optional<CertificateType> type(String prefix, Path location) {
    String key = prefix + CredentialKeys.CERTIFICATE_TYPE.key();
    return values.isSet(key)
        ? values.find(key, CredentialKeys.CERTIFICATE_TYPE).map(CertificateType::valueOf)
        : Optional.of(byFileName(location));
  }

  private static CertificateType byFileName(Path location) {
    String name = location.toString().toLowerCase(Locale.ROOT);
    boolean pem = Stream.of(".pem", ".crt", ".cer").anyMatch(name::endsWith);
    return pem ? CertificateType.PEM : CertificateType.PKCS12;
  }

  private Optional<Credential> managedIdentity(String alias, String prefix) {
    Optional<String> kind =
        values.find(
            prefix + CredentialKeys.MANAGED_IDENTITY.key(), CredentialKeys.MANAGED_IDENTITY);
    String ofSameLevel = prefix + TenantKeys.CLIENT_ID.key();
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    if (kind.get().equals("system")) {
      if (values.isSet(ofSameLevel)) {
        errors.add(
            ofSameLevel,
            "is set, but a system-assigned managed identity has none",
            "remove it, or write managed.identity=user");
      }
      return Optional.of(new Credential.ManagedIdentity(Optional.empty()));
    }
    return values
        .find(values.keyInUse(alias, TenantKeys.CLIENT_ID.key()), TenantKeys.CLIENT_ID)
        .map(id -> new Credential.ManagedIdentity(Optional.of(id.toString())));
  }

  /** A certificate's password without a certificate would be silently ignored. */
  private void refuseOrphans(String prefix) {
    refuseOrphans(
        prefix, OF_A_CERTIFICATE, "certificate", CredentialKeys.CERTIFICATE_LOCATION.key());
    refuseOrphans(
        prefix,
        List.of(CredentialKeys.SECRET_EXPIRES.key()),
        "client secret",
        CredentialKeys.CLIENT_SECRET.key());
  }

  private void refuseOrphans(String prefix, List<String> details, String owner, String ownerKey) {
    if (values.isSet(prefix + ownerKey)) {
      return;
    }
    for (String detail : details) {
      if (values.isSet(prefix + detail)) {
        errors.add(
            prefix + detail,
            "is set without a " + owner,
            "write "
                + prefix
                + ownerKey
                + " beside it, or remove it: a credential is taken whole from the keys of one"
                + " tenant, or from those without prefix");
      }
    }
  }

  private List<String> named(String prefix) {
    return Stream.of(
            CredentialKeys.CLIENT_SECRET.key(),
            CredentialKeys.CERTIFICATE_LOCATION.key(),
            CredentialKeys.ASSERTION_LOCATION.key(),
            CredentialKeys.MANAGED_IDENTITY.key())
        .map(key -> prefix + key)
        .filter(values::isSet)
        .filter(
            key -> !key.endsWith(CredentialKeys.MANAGED_IDENTITY.key()) || identityIsWanted(key))
        .toList();
  }

  private boolean identityIsWanted(String key) {
    return !values.find(key, CredentialKeys.MANAGED_IDENTITY).equals(Optional.of("none"));
  }
}
