package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.api.ActivityApi;
import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.config.FeedKey;
import io.github.auditstream.connect.office365.config.TaskConfig;
import io.github.auditstream.connect.office365.config.TaskSettings;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.event.AuditEventMapper;
import io.github.auditstream.connect.office365.event.EventSchemas;
import io.github.auditstream.connect.office365.feed.FeedPipeline;
import io.github.auditstream.connect.office365.feed.TaskThreads;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.http.OwnedHttpClient;
import io.github.auditstream.connect.office365.model.FeedId;
import io.github.auditstream.connect.office365.status.metrics.Metrics;
import io.github.auditstream.connect.office365.status.metrics.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task with all its parts in place, which owns their threads. */
public final class RunningTask implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

  /** Connect stops a task only between two polls. */
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);

  /** For the feeds to break off their requests; as much again is for the HTTP client to end. */
  private static final Duration HALF_A_STOP = Duration.ofMillis(400);

  private final TaskThreads threads;
  private final List<ActivityApi> apis;
  private final OwnedHttpClient http;
  private final FeedPipeline pipeline;
  private final Metrics metrics;
  private final RunningFeeds.Registration registration;

  private RunningTask(
      TaskThreads threads,
      List<ActivityApi> apis,
      OwnedHttpClient http,
      FeedPipeline pipeline,
      Metrics metrics,
      RunningFeeds.Registration registration) {
    this.threads = threads;
    this.apis = apis;
    this.http = http;
    this.pipeline = pipeline;
    this.metrics = metrics;
    this.registration = registration;
  }

  /** Reads the stored offsets and starts the feeds; no request is made on the caller's thread. */
  public static RunningTask start(
      Map<String, String> props, SourceTaskContext context, Environment environment) {
    TaskSettings settings = TaskConfig.parse(props);
    String name = settings.connectorName() + "-" + settings.taskIndex();
    OwnedHttpClient http = new OwnedHttpClient(name, settings.common().http(), environment.ticks());
    TaskThreads threads = new TaskThreads(name);
    List<ActivityApi> opened = new ArrayList<>();
    try {
      TenantApis apis =
          new TenantApis(
              settings.common(),
              http.client(),
              new ApiThreads(threads.timer(), threads.listing(), threads.fetching()),
              threads.tokens(),
              environment);
      Map<String, TenantConnection> connections = new HashMap<>();
      List<Reading> readings = new ArrayList<>();
      for (TenantSettings tenant : settings.common().tenants()) {
        ObservedTenant observed = new ObservedTenant(tenant.tenantId().toString(), environment);
        ActivityApi api =
            apis.api(
                tenant,
                observed.tokens(
                    apis.tokens(
                        tenant, observed.credential(new CurrentCredential(tenant, context)))),
                tenant.requestsPerMinute(),
                observed);
        opened.add(api);
        readings.addAll(observed.readings(api));
        int concurrency = settings.common().fetch().concurrency();
        connections.put(
            tenant.alias(),
            new TenantConnection(api, concurrency, Runnable::run, environment.clock()));
      }
      List<FeedPipeline.FeedStart> starts = starts(settings, context, connections);
      starts.forEach(start -> readings.addAll(start.metrics().readings()));
      FeedPipeline pipeline =
          FeedPipeline.start(
              starts,
              threads,
              settings.common().feeds(),
              settings.common().fetch(),
              settings.common().topics(),
              new AuditEventMapper(new EventSchemas()),
              settings.maxRequestBytes());
      LOG.info(
          "Task {} reads {}",
          settings.taskIndex(),
          settings.feeds().stream().map(FeedKey::toString).collect(Collectors.joining(", ")));
      return new RunningTask(
          threads,
          opened,
          http,
          pipeline,
          Metrics.ofTask(context, settings.connectorName(), settings.taskIndex(), readings),
          RunningFeeds.OF_WORKER.begin(settings));
    } catch (RuntimeException | Error e) {
      end(threads, opened, http);
      throw e;
    }
  }

  private static List<FeedPipeline.FeedStart> starts(
      TaskSettings settings, SourceTaskContext context, Map<String, TenantConnection> connections) {
    List<FeedPipeline.FeedStart> starts = new ArrayList<>();
    for (FeedKey key : settings.feeds()) {
      TenantConnection connection = connections.get(key.tenantAlias());
      if (connection == null) {
        throw new IllegalArgumentException("this task has no tenant " + key.tenantAlias());
      }
      String tenantId = settings.tenant(key.tenantAlias()).tenantId().toString();
      FeedId id = new FeedId(tenantId, key.contentType());
      Map<String, Object> offset = context.offsetStorageReader().offset(id.sourcePartition());
      starts.add(new FeedPipeline.FeedStart(id, Optional.ofNullable(offset), connection));
    }
    return starts;
  }

  public List<SourceRecord> poll() throws InterruptedException {
    metrics.complete();
    return pipeline.poll(LONGEST_POLL);
  }

  /** Takes less than a second, whatever is under way. */
  @Override
  public void close() {
    registration.close();
    metrics.close();
    end(threads, apis, http);
  }

  private static void end(TaskThreads threads, List<ActivityApi> apis, OwnedHttpClient http) {
    boolean ended = threads.close(HALF_A_STOP);
    apis.forEach(ActivityApi::close);
    List<String> left = http.close(HALF_A_STOP);
    if (!ended || !left.isEmpty()) {
      LOG.warn(
          "Task stopped before these threads finished; they will end on their own: {}{}",
          ended ? "" : "those of listings or retrievals ",
          left);
    }
  }
}
