package io.github.auditstream.connect.office365.config;

import io.github.auditstream.connect.office365.config.Credential.CertificateType;
import io.github.auditstream.connect.office365.model.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a tenant's credential. It is taken whole from one level: the tenant's own keys if one of
 * them names a credential, else the keys without prefix.
 */
record CredentialReader(Values values) {
  private static final List<Setting<?>> KINDS =
      List.of(
          CredentialKeys.CLIENT_SECRET,
          CredentialKeys.CERTIFICATE_LOCATION,
          CredentialKeys.ASSERTION_LOCATION,
          CredentialKeys.MANAGED_IDENTITY);

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
      values.refuse(
          ownPrefix + CredentialKeys.CLIENT_SECRET.key(),
          "is missing, and so is every other credential",
          "write client.secret, client.certificate.location, client.assertion.location or"
              + " managed.identity");
      return Optional.empty();
    }
    if (named.size() > 1) {
      String all = String.join(" and ", named);
      for (String key : named) {
        values.refuse(key, "is one of several credentials", "keep only one of " + all);
      }
      return Optional.empty();
    }
    return only(alias, prefix, named.get(0));
  }

  private Optional<Credential> only(String alias, String prefix, String named) {
    if (named.equals(prefix + CredentialKeys.CLIENT_SECRET.key())) {
      return values
          .find(prefix, CredentialKeys.CLIENT_SECRET)
          .map(
              secret ->
                  new Credential.ClientSecret(
                      secret, values.find(prefix, CredentialKeys.SECRET_EXPIRES)));
    }
    if (named.equals(prefix + CredentialKeys.ASSERTION_LOCATION.key())) {
      return values
          .find(prefix, CredentialKeys.ASSERTION_LOCATION)
          .map(Credential.FederatedToken::new);
    }
    return named.equals(prefix + CredentialKeys.CERTIFICATE_LOCATION.key())
        ? certificate(prefix)
        : managedIdentity(alias, prefix);
  }

  private Optional<Credential> certificate(String prefix) {
    Optional<Path> location = values.find(prefix, CredentialKeys.CERTIFICATE_LOCATION);
    Optional<CertificateType> type = location.flatMap(file -> type(prefix, file));
    if (location.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> keyLocation = values.find(prefix, CredentialKeys.CERTIFICATE_KEY_LOCATION);
    if (type.get() == CertificateType.PKCS12 && keyLocation.isPresent()) {
      values.refuse(
          prefix + CredentialKeys.CERTIFICATE_KEY_LOCATION.key(),
          "is for PEM, and the certificate's file is PKCS#12",
          "remove it, or write client.certificate.type=PEM");
      return Optional.empty();
    }
    Optional<Secret> password = values.find(prefix, CredentialKeys.CERTIFICATE_PASSWORD);
    return Optional.of(
        new Credential.ClientCertificate(location.get(), type.get(), keyLocation, password));
  }

  private Optional<CertificateType> type(String prefix, Path location) {
    return values.isSet(prefix + CredentialKeys.CERTIFICATE_TYPE.key())
        ? values.find(prefix, CredentialKeys.CERTIFICATE_TYPE).map(CertificateType::valueOf)
        : Optional.of(byFileName(location));
  }

  private static CertificateType byFileName(Path location) {
    String name = location.toString().toLowerCase(Locale.ROOT);
    boolean pem = Stream.of(".pem", ".crt", ".cer").anyMatch(name::endsWith);
    return pem ? CertificateType.PEM : CertificateType.PKCS12;
  }

  private Optional<Credential> managedIdentity(String alias, String prefix) {
    Optional<String> kind = values.find(prefix, CredentialKeys.MANAGED_IDENTITY);
    String ofSameLevel = prefix + TenantKeys.CLIENT_ID.key();
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    if (kind.get().equals("system")) {
      if (values.isSet(ofSameLevel)) {
        values.refuse(
            ofSameLevel,
            "is set, but a system-assigned managed identity has none",
            "remove it, or write managed.identity=user");
      }
      return Optional.of(new Credential.ManagedIdentity(Optional.empty()));
    }
    return values
        .findFor(alias, TenantKeys.CLIENT_ID)
        .map(id -> new Credential.ManagedIdentity(Optional.of(id.toString())));
  }

  /** A certificate's password without a certificate would be silently ignored. */
  private void refuseOrphans(String prefix) {
    for (Setting<?> owner : KINDS) {
      if (!values.isSet(prefix + owner.key())) {
        CredentialKeys.ALL.dependentsOf(owner).stream()
            .map(detail -> prefix + detail)
            .filter(values::isSet)
            .forEach(detail -> refuseOrphan(detail, prefix, owner));
      }
    }
  }

  private void refuseOrphan(String detail, String prefix, Setting<?> owner) {
    values.refuse(
        detail,
        "is set without a " + owner.displayName().toLowerCase(Locale.ROOT),
        "write "
            + prefix
            + owner.key()
            + " beside it, or remove it: a credential is taken whole from the keys of one tenant, or"
            + " from those without prefix");
  }

  /** The keys that name a credential. */
  private List<String> named(String prefix) {
    return KINDS.stream()
        .filter(kind -> values.isSet(prefix + kind.key()))
        .filter(kind -> !kind.equals(CredentialKeys.MANAGED_IDENTITY) || wantsIdentity(prefix))
        .map(kind -> prefix + kind.key())
        .toList();
  }

  /** Whether the keys ask for a managed identity. */
  boolean wantsIdentity(String prefix) {
    return values.isSet(prefix + CredentialKeys.MANAGED_IDENTITY.key())
        && !values.find(prefix, CredentialKeys.MANAGED_IDENTITY).equals(Optional.of("none"));
  }
}
