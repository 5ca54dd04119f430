package io.github.auditstream.connect.office365.preflight;

import io.github.auditstream.connect.office365.api.ApiOutcome;
import io.github.auditstream.connect.office365.auth.TokenClaims;
import io.github.auditstream.connect.office365.auth.TokenException;
import io.github.auditstream.connect.office365.auth.TokenSource;
import io.github.auditstream.connect.office365.config.ApiVersion;
import io.github.auditstream.connect.office365.config.HistoryKeys;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.graph.AuditLogQueries;
import io.github.auditstream.connect.office365.graph.GraphVersion;
import io.github.auditstream.connect.office365.graph.QueryPage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Asks whether one tenant's history can be read: for a token, and for the list of its queries. No
 * query is created, since each counts against the tenant's quota. For one thread, once.
 */
final class TenantHistoryCheck {
  private final HistorySettings settings;
  private final TenantSettings tenant;
  private final QueryAccess access;
  private final Clock clock;
  private final GraphDiagnosis diagnosis;
  private final List<Finding> findings = new ArrayList<>();

  TenantHistoryCheck(
      HistorySettings settings, TenantSettings tenant, QueryAccess access, Clock clock) {
    this.settings = settings;
    this.tenant = tenant;
    this.access = access;
    this.clock = clock;
    this.diagnosis = new GraphDiagnosis(settings, tenant);
  }

  /** What there is to say of a tenant that was not asked in time. */
  static TenantHistoryReport outOfTime(
      HistorySettings settings, TenantSettings tenant, Duration deadline) {
    return TenantHistoryReport.unasked(
        tenant,
        Answered.UNKNOWN,
        CommonFindings.outOfTime(new GraphDiagnosis(settings, tenant).connection(), deadline));
  }

  TenantHistoryReport run() throws InterruptedException {
    Optional<Set<String>> roles;
    try {
      roles = TokenClaims.roles(TokenSource.await(access.tokens().token()));
    } catch (TokenException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for a token");
      }
      return TenantHistoryReport.unasked(tenant, Answered.NO, diagnosis.connection().of(e));
    }
    new CommonFindings(diagnosis.connection(), clock).ofTheCertificate().ifPresent(findings::add);
    ApiOutcome<QueryPage> listed = await(access.queries().list());
    TenantHistoryReport report =
        listed instanceof ApiOutcome.Ok<QueryPage> ok
            ? listed(ok.value().version(), roles)
            : refused((ApiOutcome.Failed<QueryPage>) listed, roles);
    Optional<Finding> clockIsWrong = CommonFindings.ofTheClock(access.queries().serverClockSkew());
    return clockIsWrong.isEmpty() ? report : with(report, clockIsWrong.get());
  }

  private TenantHistoryReport listed(GraphVersion version, Optional<Set<String>> roles) {
    diagnosis.partialPermission(roles).ifPresent(findings::add);
    if (settings.queries().version() == ApiVersion.AUTO && version == GraphVersion.BETA) {
      findings.add(
          Finding.note(
              HistoryKeys.API_VERSION.key(),
              diagnosis.connection().tenantInWords()
                  + " is served audit log queries in beta only, so that is used; nothing is to be"
                  + " done."));
    }
    return report(Answered.YES, Answered.UNKNOWN, Optional.of(version.path()));
  }

  private TenantHistoryReport refused(
      ApiOutcome.Failed<QueryPage> failure, Optional<Set<String>> roles) {
    if (AuditLogQueries.isAuditingOff(failure)) {
      findings.add(diagnosis.auditingOff());
      return report(Answered.YES, Answered.NO, Optional.empty());
    }
    if (AuditLogQueries.isPermissionMissing(failure)) {
      findings.add(diagnosis.noConsent(roles));
      return report(Answered.NO, Answered.UNKNOWN, Optional.empty());
    }
    findings.add(diagnosis.of(failure));
    return report(Answered.UNKNOWN, Answered.UNKNOWN, Optional.empty());
  }

  private TenantHistoryReport report(
      Answered permission, Answered auditing, Optional<String> version) {
    return new TenantHistoryReport(tenant, Answered.YES, permission, auditing, version, findings);
  }

  private static TenantHistoryReport with(TenantHistoryReport report, Finding further) {
    List<Finding> all = new ArrayList<>(report.findings());
    all.add(further);
    return new TenantHistoryReport(
        report.tenant(),
        report.token(),
        report.permission(),
        report.auditing(),
        report.version(),
        all);
  }

  private static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the request could not be sent", e.getCause());
    }
  }
}
