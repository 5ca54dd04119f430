package io.github.auditstream.connect.office365.config;

import java.util.List;

/** How a connector reaches Microsoft: the part of its settings that every connector has. */
public interface ConnectionSettings {
  /** The hosts of the tenants' Microsoft cloud. */
  CloudEndpoints cloud();

  /** In the configuration's order; their aliases and tenant ids differ. */
  List<TenantSettings> tenants();

  /** TLS, proxy and time-outs. */
  HttpSettings http();

  /** Whether validation asks Microsoft. */
  boolean validateConnection();
}
