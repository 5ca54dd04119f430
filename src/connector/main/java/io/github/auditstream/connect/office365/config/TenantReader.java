package io.github.auditstream.connect.office365.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the tenants: each from its own keys and, for what it lacks, those without prefix. */
record TenantReader(Values values) {
  /** The alias of a single tenant that has none. */
  static final String UNNAMED = "default";

  /** The tenants of a whole connector; those with errors are left out. */
  List<TenantSettings> readAll() {
    List<String> aliases = values.find(CommonKeys.TENANTS).orElse(List.of());
    if (aliases.isEmpty() && values.errors().has(CommonKeys.TENANTS.key())) {
      return List.of();
    }
    boolean named = !aliases.isEmpty();
    List<TenantSettings> tenants = new ArrayList<>();
    for (String alias : named ? aliases : List.of(UNNAMED)) {
      read(alias, named).ifPresent(tenants::add);
    }
    refuseDoubles(tenants);
    refuseSharedManagedIdentity(aliases);
    return tenants;
  }

  /**
   * One tenant; empty if an error was added that must be fixed first.
   *
   * @param named whether the alias has keys of its own
   */
  Optional<TenantSettings> read(String alias, boolean named) {
    String prefix = named ? TenantKeys.ofAlias(alias, "") : "";
    Optional<Credential> credential = new CredentialReader(values).read(alias, prefix);
    Optional<UUID> tenantId =
        required(alias, prefix, TenantKeys.TENANT_ID, "copy 'Directory (tenant) ID'");
    Optional<String> clientId =
        credential.isPresent() && isSystemAssigned(credential.get())
            ? Optional.of("")
            : required(alias, prefix, TenantKeys.CLIENT_ID, "copy 'Application (client) ID'")
                .map(UUID::toString);
    Optional<UUID> publisherId = values.findFor(alias, TenantKeys.PUBLISHER_ID);
    long requestsPerMinute = values.valueFor(alias, TenantKeys.REQUESTS_PER_MINUTE);
    if (credential.isEmpty() || tenantId.isEmpty() || clientId.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TenantSettings(
            alias,
            tenantId.get(),
            clientId.get(),
            credential.get(),
            publisherId.orElse(tenantId.get()),
            (int) requestsPerMinute));
  }

  private <T> Optional<T> required(String alias, String prefix, Setting<T> setting, String fix) {
    if (!values.isSet(values.keyInUse(alias, setting.key()))) {
      values.refuse(
          prefix + setting.key(),
          "is missing",
          fix + " from the overview page of the app registration");
    }
    return values.findFor(alias, setting);
  }

  private static boolean isSystemAssigned(Credential credential) {
    return credential instanceof Credential.ManagedIdentity identity
        && identity.clientId().isEmpty();
  }

  /** Two feeds of one tenant and content type would share an offset, and the quota. */
  private void refuseDoubles(List<TenantSettings> tenants) {
    Map<UUID, String> aliases = new HashMap<>();
    for (TenantSettings tenant : tenants) {
      String first = aliases.putIfAbsent(tenant.tenantId(), tenant.alias());
      if (first != null) {
        values.refuse(
            values.keyInUse(tenant.alias(), TenantKeys.TENANT_ID.key()),
            "gives " + tenant.alias() + " the tenant that " + first + " has already",
            "keep one alias for each tenant");
      }
    }
  }

  private void refuseSharedManagedIdentity(List<String> aliases) {
    if (aliases.size() < 2) {
      return;
    }
    CredentialReader credentials = new CredentialReader(values);
    for (String alias : aliases) {
      String prefix = credentials.prefix(alias);
      if (credentials.wantsIdentity(prefix)) {
        values.refuse(
            prefix + CredentialKeys.MANAGED_IDENTITY.key(),
            "is set for one of several tenants, but a managed identity serves its own tenant alone",
            "use a multi-tenant app registration with a certificate, or a connector for the one"
                + " tenant");
      }
    }
  }
}
