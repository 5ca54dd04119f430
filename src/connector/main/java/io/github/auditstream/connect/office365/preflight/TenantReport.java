package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about one tenant.
 *
 * @param token whether Entra ID gave one
 * @param contentTypes in the configuration's order
 * @param findings in the order in which they were met
 */
public record TenantReport(
    TenantSettings tenant, Answered token, List<Row> contentTypes, List<Finding> findings)
    implements TenantFindings {
  public TenantReport {
    contentTypes = List.copyOf(contentTypes);
    findings = List.copyOf(findings);
  }

  /** The state of a subscription. */
  public enum Subscription {
    ENABLED,
    DISABLED,
    MISSING,
    UNKNOWN
  }

  /**
   * One content type.
   *
   * @param consent whether the application may read it
   * @param auditing whether the tenant's auditing is on
   * @param listed whether the API has listed its content
   * @param newest when the newest content of the last day became available, as far as listed
   */
  public record Row(
      ContentType contentType,
      Answered consent,
      Subscription subscription,
      Answered auditing,
      boolean listed,
      Optional<Instant> newest) {

    static Row unknown(ContentType contentType) {
      return new Row(
          contentType,
          Answered.UNKNOWN,
          Subscription.UNKNOWN,
          Answered.UNKNOWN,
          false,
          Optional.empty());
    }

    Row withConsent(Answered answered) {
      return new Row(contentType, answered, subscription, auditing, listed, newest);
    }

    Row withSubscription(Subscription state) {
      return new Row(contentType, consent, state, auditing, listed, newest);
    }

    Row withAuditing(Answered answered) {
      return new Row(contentType, consent, subscription, answered, listed, newest);
    }

    Row listedUpTo(Optional<Instant> created) {
      return new Row(contentType, consent, subscription, auditing, true, created);
    }
  }
}
