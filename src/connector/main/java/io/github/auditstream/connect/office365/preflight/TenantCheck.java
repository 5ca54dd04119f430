package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.api.BlockingApi;
import io.github.auditstream.connect.office365.api.ContentListing;
import io.github.auditstream.connect.office365.api.ContentPage;
import io.github.auditstream.connect.office365.api.Pause;
import io.github.auditstream.connect.office365.api.Subscription;
import io.github.auditstream.connect.office365.auth.TokenClaims;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.config.ConnectorSettings;
import io.github.auditstream.connect.office365.config.FeedKeys;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Asks one tenant's questions, one after the other, and ends early where the rest cannot be found
 * out. For one thread, once.
 */
final class TenantCheck {
  private final ConnectorSettings settings;
  private final TenantSettings tenant;
  private final TenantAccess access;
  private final Depth depth;
  private final Clock clock;
  private final FailureDiagnosis diagnosis;
  private final Map<ContentType, TenantReport.Row> rows = new EnumMap<>(ContentType.class);
  private final List<Finding> findings = new ArrayList<>();
  private Optional<Set<String>> roles = Optional.empty();

  TenantCheck(
      ConnectorSettings settings,
      TenantSettings tenant,
      TenantAccess access,
      Depth depth,
      Clock clock) {
    this.settings = settings;
    this.tenant = tenant;
    this.access = access;
    this.depth = depth;
    this.clock = clock;
    this.diagnosis = new FailureDiagnosis(settings, tenant);
    settings.contentTypes().forEach(type -> rows.put(type, TenantReport.Row.unknown(type)));
  }

  /** What there is to say of a tenant that was not asked in time. */
  static TenantReport outOfTime(
      ConnectorSettings settings, TenantSettings tenant, Duration deadline) {
    return new TenantReport(
        tenant,
        Answered.UNKNOWN,
        settings.contentTypes().stream().map(TenantReport.Row::unknown).toList(),
        List.of(
            CommonFindings.outOfTime(
                new FailureDiagnosis(settings, tenant).connection(), deadline)));
  }

  TenantReport run() throws InterruptedException {
    try {
      roles = TokenClaims.roles(TokenSource.await(access.tokens().token()));
    } catch (TokenException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for a token");
      }
      findings.add(diagnosis.connection().of(e));
      return report(Answered.NO);
    }
    new CommonFindings(diagnosis.connection(), clock).ofTheCertificate().ifPresent(findings::add);
    if (readSubscriptions()) {
      for (ContentType type : settings.contentTypes()) {
        if (!listContent(type)) {
          break;
        }
      }
      spreadAuditing();
    }
    CommonFindings.ofTheClock(access.api().serverClockSkew()).ifPresent(findings::add);
    return report(Answered.YES);
  }

  private TenantReport report(Answered token) {
    return new TenantReport(
        tenant, token, settings.contentTypes().stream().map(this::row).toList(), findings);
  }

  private TenantReport.Row row(ContentType type) {
    return rows.getOrDefault(type, TenantReport.Row.unknown(type));
  }

  /** Whether there is more to ask. */
  private boolean readSubscriptions() throws InterruptedException {
    ApiOutcome<List<Subscription>> outcome = access.api().subscriptions();
    if (outcome instanceof ApiOutcome.Failed<List<Subscription>> failure) {
      if (FailureDiagnosis.permissionIsMissing(failure)) {
        forAll(row -> row.contentType() == ContentType.DLP ? row : row.withConsent(Answered.NO));
        findings.add(diagnosis.noConsent(ContentType.GENERAL, roles));
      } else {
        refused(failure);
      }
      return false;
    }
    List<Subscription> found = ((ApiOutcome.Ok<List<Subscription>>) outcome).value();
    forAll(
        row -> {
          TenantReport.Row known = row.withSubscription(state(row.contentType(), found));
          return row.contentType() == ContentType.DLP ? known : known.withConsent(Answered.YES);
        });
    rows.values().stream()
        .filter(row -> row.subscription() == TenantReport.Subscription.DISABLED)
        .forEach(
            row ->
                findings.add(
                    Finding.note(
                        FeedKeys.CONTENT_TYPES.key(),
                        "the subscription of "
                            + row.contentType().apiName()
                            + " is disabled for "
                            + diagnosis.connection().tenantInWords()
                            + ". The connector starts it again; find out who disabled it, since what"
                            + " happens meanwhile is not kept.")));
    return true;
  }

  private static TenantReport.Subscription state(ContentType type, List<Subscription> found) {
    return found.stream()
        .filter(subscription -> subscription.contentType().equals(type.apiName()))
        .findFirst()
        .map(
            subscription ->
                subscription.enabled()
                    ? TenantReport.Subscription.ENABLED
                    : TenantReport.Subscription.DISABLED)
        .orElse(TenantReport.Subscription.MISSING);
  }

  /** Whether there is more to ask. */
  private boolean listContent(ContentType type) throws InterruptedException {
    ApiOutcome<Optional<Instant>> outcome = newest(type);
    if (outcome instanceof ApiOutcome.Ok<Optional<Instant>> answer) {
      put(
          row(type)
              .withConsent(Answered.YES)
              .withAuditing(Answered.YES)
              .listedUpTo(answer.value()));
      return true;
    }
    ApiOutcome.Failed<Optional<Instant>> failure = (ApiOutcome.Failed<Optional<Instant>>) outcome;
    if (FailureDiagnosis.permissionIsMissing(failure)) {
      put(row(type).withConsent(Answered.NO));
      findings.add(diagnosis.noConsent(type, roles));
      return true;
    }
    if (failure.kind() == ApiOutcome.Kind.NOT_SUBSCRIBED) {
      notSubscribed(type);
      return true;
    }
    refused(failure);
    return failure.kind() == ApiOutcome.Kind.BAD_REQUEST;
  }

  /** The API may tell of the missing subscription before it looks at the permission. */
  private void notSubscribed(ContentType type) {
    if (row(type).subscription() == TenantReport.Subscription.ENABLED) {
      put(row(type).withSubscription(TenantReport.Subscription.UNKNOWN));
    }
    if (type == ContentType.DLP && roles.isPresent()) {
      boolean granted = roles.get().contains(FailureDiagnosis.permission(type));
      put(row(type).withConsent(Answered.of(granted)));
      if (!granted) {
        findings.add(diagnosis.noConsent(type, roles));
      }
    }
  }

  private void refused(ApiOutcome.Failed<?> failure) {
    if (FailureDiagnosis.auditingIsOff(failure)) {
      forAll(row -> row.withAuditing(Answered.NO));
      findings.add(diagnosis.auditingOff(failure));
    } else {
      findings.add(diagnosis.of(failure));
    }
  }

  private ApiOutcome<Optional<Instant>> newest(ContentType type) throws InterruptedException {
    BlockingApi api = access.api();
    Optional<Instant> newest = Optional.empty();
    for (Duration span : depth.windows()) {
      Instant now = clock.instant().plus(api.serverClockSkew());
      ContentListing listing = new ContentListing(type, now.minus(span), now);
      ApiOutcome<ContentPage> outcome;
      int pages = 0;
      boolean more;
      do {
        Pause.of(api.quota().reserve());
        outcome = api.page(listing);
        pages++;
        more = false;
        if (outcome instanceof ApiOutcome.Ok<ContentPage> answer) {
          newest = later(newest, answer.value().blobs());
          more = !listing.arrived(answer.value()) && pages < depth.mostPages();
        }
      } while (more);
      if (outcome instanceof ApiOutcome.Failed<ContentPage> failure) {
        return failure.as();
      }
      if (newest.isPresent()) {
        break;
      }
    }
    return new ApiOutcome.Ok<>(newest);
  }

  private static Optional<Instant> later(Optional<Instant> known, List<ContentBlob> blobs) {
    return Stream.concat(known.stream(), blobs.stream().map(ContentBlob::contentCreated))
        .max(Comparator.naturalOrder());
  }

  /** Auditing is the tenant's: one content type that can be listed answers for all. */
  private void spreadAuditing() {
    if (rows.values().stream().anyMatch(row -> row.auditing() == Answered.YES)) {
      forAll(row -> row.withAuditing(Answered.YES));
    }
  }

  private void forAll(UnaryOperator<TenantReport.Row> change) {
    rows.replaceAll((type, row) -> change.apply(row));
  }

  private void put(TenantReport.Row row) {
    rows.put(row.contentType(), row);
  }
}
