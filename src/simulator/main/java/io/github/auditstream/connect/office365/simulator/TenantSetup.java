package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A tenant as a simulator is to have it. Right in everything that is not said: an id and a secret
 * are made up, the permissions for both APIs are consented to, auditing is on, no subscription
 * exists yet.
 */
public final class TenantSetup {
  UUID id = UUID.randomUUID();
  String clientId = UUID.randomUUID().toString();
  String clientSecret = "simulated~" + UUID.randomUUID();
  final List<X509Certificate> certificates = new ArrayList<>();
  final Set<ContentType> subscriptions = EnumSet.noneOf(ContentType.class);
  final Set<Permission> consent = EnumSet.copyOf(Permission.USUAL);
  boolean auditing = true;
  int requestsPerMinute = 2_000;

  TenantSetup() {}

  /** The directory id. */
  public TenantSetup id(UUID tenantId) {
    id = tenantId;
    return this;
  }

  /** The app registration's application id. */
  public TenantSetup clientId(String applicationId) {
    clientId = applicationId;
    return this;
  }

  public TenantSetup clientSecret(String secret) {
    clientSecret = secret;
    return this;
  }

  /** Registers a certificate: client assertions that it signed are accepted. */
  public TenantSetup certificate(X509Certificate certificate) {
    certificates.add(certificate);
    return this;
  }

  /** The application permissions that the tenant's administrator consented to; none is possible. */
  public TenantSetup consent(Permission... permissions) {
    consent.clear();
    consent.addAll(List.of(permissions));
    return this;
  }

  /** Unified auditing is off. */
  public TenantSetup auditingOff() {
    auditing = false;
    return this;
  }

  /** Subscriptions that are already started. */
  public TenantSetup subscribed(ContentType... contentTypes) {
    subscriptions.addAll(List.of(contentTypes));
    return this;
  }

  /** All five subscriptions are already started. */
  public TenantSetup subscribedToAll() {
    return subscribed(ContentType.values());
  }

  /** The quota; 2,000 where this is not said, which is Microsoft's baseline. */
  public TenantSetup requestsPerMinute(int quota) {
    requestsPerMinute = quota;
    return this;
  }
}
