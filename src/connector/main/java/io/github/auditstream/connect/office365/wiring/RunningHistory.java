package io.github.auditstream.connect.office365.wiring;

import io.github.auditstream.connect.office365.api.ApiThreads;
import io.github.auditstream.connect.office365.config.HistorySettings;
import io.github.auditstream.connect.office365.config.HistoryTaskConfig;
import io.github.auditstream.connect.office365.config.TenantSettings;
import io.github.auditstream.connect.office365.feed.TaskThreads;
import io.github.auditstream.connect.office365.graph.AuditLogQueries;
import io.github.auditstream.connect.office365.graph.GraphClient;
import io.github.auditstream.connect.office365.history.HistoryPipeline;
import io.github.auditstream.connect.office365.http.OwnedHttpClient;
import io.github.auditstream.connect.office365.status.metrics.Metrics;
import io.github.auditstream.connect.office365.status.metrics.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task of the history with all its parts in place, which owns their threads. */
public final class RunningHistory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningHistory.class);

  /** Connect stops a task only between two polls. */
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);

  /** For the slices to break off their requests; as much again is for the HTTP client to end. */
  private static final Duration HALF_A_STOP = Duration.ofMillis(400);

  private final Parts parts;
  private final HistoryPipeline pipeline;
  private final Metrics metrics;

  /** What must be closed. */
  private record Parts(
      TaskThreads threads,
      HistoryThreads steps,
      List<GraphClient> clients,
      OwnedHttpClient http,
      TopicSources sources) {}

  private RunningHistory(Parts parts, HistoryPipeline pipeline, Metrics metrics) {
    this.parts = parts;
    this.pipeline = pipeline;
    this.metrics = metrics;
  }

  /** Starts reading; no request is made on the caller's thread. */
  public static RunningHistory start(
      Map<String, String> props, SourceTaskContext context, Environment environment) {
    HistoryTaskConfig.Task task = HistoryTaskConfig.parse(props);
    HistorySettings settings = task.settings();
    String name = task.connectorName() + "-" + task.index();
    Parts parts =
        new Parts(
            new TaskThreads(name),
            HistoryThreads.of(name, settings),
            new ArrayList<>(),
            new OwnedHttpClient(name, settings.http(), environment.ticks()),
            new TopicSources(settings, environment.ticks()));
    try {
      GraphClients graphs =
          new GraphClients(
              settings,
              parts.http().client(),
              new ApiThreads(
                  parts.threads().timer(), parts.threads().listing(), parts.threads().fetching()),
              parts.threads().tokens(),
              environment);
      Map<String, AuditLogQueries> tenants = new LinkedHashMap<>();
      List<Reading> readings = new ArrayList<>();
      for (TenantSettings tenant :
          settings.readsQueries() ? settings.tenants() : List.<TenantSettings>of()) {
        ObservedTenant observed = new ObservedTenant(tenant.tenantId().toString(), environment);
        GraphClient client = graphs.open(tenant, new CurrentCredential(tenant, context), observed);
        parts.clients().add(client);
        readings.addAll(observed.readings(client));
        tenants.put(tenant.tenantId().toString(), client);
      }
      HistoryPipeline pipeline =
          HistoryPipeline.start(
              settings,
              task.connectorName(),
              task.maxRequestBytes(),
              tenants,
              partitions -> context.offsetStorageReader().offsets(partitions),
              parts.sources(),
              parts.steps().executor(),
              environment.clock(),
              () -> ThreadLocalRandom.current().nextDouble());
      readings.addAll(pipeline.readings());
      LOG.info("Task {} reads the history of {} tenants", task.index(), tenants.size());
      return new RunningHistory(
          parts, pipeline, Metrics.ofTask(context, task.connectorName(), task.index(), readings));
    } catch (RuntimeException | Error e) {
      end(parts);
      throw e;
    }
  }

  /** Takes what is ready. */
  public List<SourceRecord> poll() throws InterruptedException {
    metrics.complete();
    return pipeline.poll(LONGEST_POLL);
  }

  /** Takes less than a second, whatever is under way. */
  @Override
  public void close() {
    metrics.close();
    end(parts);
  }

  private static void end(Parts parts) {
    parts.sources().close();
    boolean ended = parts.steps().close(HALF_A_STOP);
    ended &= parts.threads().close(HALF_A_STOP);
    parts.clients().forEach(GraphClient::close);
    List<String> left = parts.http().close(HALF_A_STOP);
    if (!ended || !left.isEmpty()) {
      LOG.warn(
          "Task stopped before these threads finished; they will end on their own: {}{}",
          ended ? "" : "those that read the history ",
          left);
    }
  }
}
