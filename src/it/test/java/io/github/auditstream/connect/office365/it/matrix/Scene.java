package io.github.auditstream.connect.office365.it.matrix;

import io.github.auditstream.connect.office365.it.SimulatedConnector;
import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.FaultPoint;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.PublishedBlob;
import io.github.auditstream.connect.office365.simulator.Rule;
import io.github.auditstream.connect.office365.simulator.SimulatedTenant;
import io.github.auditstream.connect.office365.simulator.Simulator;
import io.github.auditstream.connect.office365.simulator.TenantSetup;
import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.ConnectorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Where a row runs: a simulator with one tenant, and a connector on the shared worker that reads
 * it. Where a row does not say otherwise there are two feeds, one that the fault meets ({@link
 * #FEED}) and one that must not notice ({@link #OTHER}). For one thread.
 */
public final class Scene implements AutoCloseable {
  /** The feed that faults meet. */
  static final ContentType FEED = ContentType.EXCHANGE;

  /** The feed beside it. */
  static final ContentType OTHER = ContentType.SHAREPOINT;

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final int EVENTS = 3;

  private final String name;
  private final Stage stage;
  private final Expectations expectations = new Expectations();
  private final AtomicBoolean active = new AtomicBoolean(true);
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final Arrivals arrivals;
  private List<ContentType> feeds = List.of(FEED, OTHER);
  private @Nullable Simulator simulator;
  private int looks = 11;
  private String note = "";

  /** What all scenes share. */
  record Stage(ConnectStack stack, ConnectRest rest, WorkerLog log) {}

  Scene(String name, Stage stage) {
    this.name = name;
    this.stage = stage;
    this.arrivals = new Arrivals(stage.stack(), name);
  }

  /** Sets the simulator up otherwise; before anything else. */
  Simulator simulate(Consumer<Simulator.Builder> setup) {
    Simulator.Builder builder = Simulator.builder();
    setup.accept(builder);
    try {
      Simulator started = builder.start();
      simulator = started;
      started.tenants().forEach(tenant -> secrets.add(tenant.clientSecret()));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A simulator whose tenant is set up otherwise; before anything else. */
  Simulator simulateTenant(Consumer<TenantSetup> setup) {
    return simulate(builder -> builder.tenant(setup));
  }

  Simulator simulator() {
    Simulator running = simulator;
    return running == null ? simulateTenant(TenantSetup::subscribedToAll) : running;
  }

  SimulatedTenant tenant() {
    return simulator().tenant();
  }

  /** Which feeds there are. */
  void feeds(ContentType... types) {
    feeds = List.of(types);
  }

  List<ContentType> feeds() {
    return feeds;
  }

  /** One more configuration key, or another value of it. */
  Scene set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** That many further listings of each feed must bring nothing new before the row is judged. */
  void looks(int listings) {
    looks = listings;
  }

  int looks() {
    return looks;
  }

  /** Publishes blobs of the last two hours. */
  List<PublishedBlob> publish(ContentType type, int blobs) {
    return tenant().history(type, Duration.ofHours(2), blobs, EVENTS);
  }

  /** Publishes ten blobs of the feed and five of the other; answers the former. */
  List<PublishedBlob> publish() {
    publish(OTHER, 5);
    return publish(FEED, 10);
  }

  /** A blob of the feed, as if it had just come. */
  PublishedBlob publishNow() {
    return tenant().blob(FEED).events(EVENTS).add();
  }

  /** Where faults meet listings of the feed, until {@link #lift()}. */
  FaultPoint listings() {
    return on(Operation.LIST_CONTENT).of(FEED);
  }

  /** Where faults meet next pages of the feed, until {@link #lift()}. */
  FaultPoint nextPages() {
    return on(Operation.NEXT_PAGE).of(FEED);
  }

  /** Where faults meet retrievals of the feed's blobs, until {@link #lift()}. */
  FaultPoint retrievals() {
    return on(Operation.RETRIEVE_BLOB).where(call -> call.contentId().contains("audit_exchange"));
  }

  /** Where faults meet an operation, until {@link #lift()}. */
  FaultPoint on(Operation operation) {
    return simulator().on(operation).where(call -> active.get());
  }

  /** Where faults meet retrievals of one blob, until {@link #lift()}. */
  FaultPoint on(PublishedBlob blob) {
    return simulator().on(blob).where(call -> active.get());
  }

  /** The fault is over. */
  void lift() {
    active.set(false);
  }

  /** The fault begins (again). */
  void strike() {
    active.set(true);
  }

  /** Starts the connector, or gives it the configuration as it is now. */
  void start() {
    Map<String, String> config = new SimulatedConnector(simulator(), name).config(1);
    config.put("content.types", String.join(",", feeds.stream().map(Object::toString).toList()));
    config.put("initial.lookback", "PT6H");
    config.put("poll.interval.ms", "300");
    config.putAll(settings);
    config.values().removeIf(String::isEmpty);
    stage.rest().put(name, config);
    stage.rest().awaitRunning(name, 1, LIMIT);
  }

  /** The row changes the secret: it must not be logged either. */
  void secret(String text) {
    secrets.add(text);
  }

  /** This blob is to end in the dead letters. */
  void expectLost(PublishedBlob blob, String cause, @Nullable String code) {
    expectations.lost(blob, new Expectations.Loss(cause, code));
  }

  /** This element is to end in the dead letters. */
  void expectRefused(PublishedBlob blob, int index) {
    expectations.refused(blob, index);
  }

  /** So many entries of listings are to end in the dead letters. */
  void expectRefusedEntries(int entries) {
    expectations.refusedEntries(entries);
  }

  /** The fault makes the connector break this rule, whatever it does. */
  void expectBreach(Rule rule) {
    expectations.breaks(rule);
  }

  /** Waits until the feed's status has shown the problem. */
  void awaitProblem(String kind, String code) {
    awaitProblem(FEED, kind, code);
  }

  /** Waits until a feed's status has shown the problem; empty text for no code. */
  void awaitProblem(ContentType type, String kind, String code) {
    await(
        "problem %s/%s of %s in the status".formatted(kind, code, type),
        LIMIT,
        () ->
            arrivals.statuses(type.apiName()).stream()
                .map(status -> status.getStruct("Problem"))
                .anyMatch(problem -> problem != null && is(problem, kind, code)));
  }

  private static boolean is(Struct problem, String kind, String code) {
    String has = Objects.requireNonNullElse(problem.getString("Code"), "");
    return problem.getString("Kind").equals(kind) && has.equals(code);
  }

  /** What the latest status that had a problem said of it; empty text for none. */
  String lastReason(ContentType type) {
    List<String> reasons = new ArrayList<>();
    for (Struct status : arrivals.statuses(type.apiName())) {
      if (status.getStruct("Problem") != null) {
        reasons.add(status.getStruct("Problem").getString("Reason"));
      }
    }
    return reasons.isEmpty() ? "" : reasons.get(reasons.size() - 1);
  }

  /** Waits for the receipts of all that a feed has had published. */
  void awaitReceipts(ContentType type) {
    awaitReceipts(tenant().blobs(type));
  }

  void awaitReceipts(List<PublishedBlob> blobs) {
    await("receipts of " + blobs.size() + " blobs", LIMIT, () -> haveReceipts(blobs));
  }

  boolean haveReceipts(List<PublishedBlob> blobs) {
    return blobs.stream().allMatch(blob -> arrivals.receipts().containsKey(blob.contentId()));
  }

  /** The problem goes on, and the other feed's content arrives all the same. */
  void awaitOther() {
    awaitReceipts(OTHER);
    if (haveReceipts(tenant().blobs(FEED))) {
      throw new AssertionError("the fault did not keep the feed from working");
    }
  }

  /** Waits for a line of the worker's log that has all these parts. */
  void awaitLogged(String... parts) {
    await("log line with " + List.of(parts), LIMIT, () -> logged(parts));
  }

  boolean logged(String... parts) {
    return !stage.log().lines(line -> List.of(parts).stream().allMatch(line::contains)).isEmpty();
  }

  /** How often the blob was tried, as its receipt says. */
  int attempts(PublishedBlob blob) {
    awaitReceipts(List.of(blob));
    return receipt(blob).getInt32("Attempts");
  }

  Struct receipt(PublishedBlob blob) {
    return arrivals.receipts().getOrDefault(blob.contentId(), List.of()).get(0);
  }

  /** Waits for a blob's dead letters. */
  List<Struct> deadLetters(PublishedBlob blob, int atLeast) {
    await("dead letters", () -> deadLetters(blob).size() >= atLeast);
    return deadLetters(blob);
  }

  private List<Struct> deadLetters(PublishedBlob blob) {
    return arrivals.deadLetters().getOrDefault(blob.contentId(), List.of());
  }

  /** Waits while it reads what arrives; fails when the connector or its task does. */
  void await(String what, BooleanSupplier done) {
    await(what, LIMIT, done);
  }

  void await(String what, Duration limit, BooleanSupplier done) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        ConnectorState state = stage.rest().status(name);
        throw new AssertionError("No %s within %s; %s".formatted(what, limit, state));
      }
      arrivals.read();
    }
  }

  /** Closes it when the row has been checked; the last first. */
  <T extends AutoCloseable> T closing(T resource) {
    resources.push(resource);
    return resource;
  }

  /** What the report is to say of the row. */
  void note(String text) {
    note = text;
  }

  String note() {
    return note;
  }

  String name() {
    return name;
  }

  Stage stage() {
    return stage;
  }

  ConnectRest rest() {
    return stage.rest();
  }

  Arrivals arrivals() {
    return arrivals;
  }

  Expectations expectations() {
    return expectations;
  }

  Set<String> secrets() {
    return secrets;
  }

  @Override
  public void close() {
    try {
      if (stage.rest().connectors().contains(name)) {
        stage.rest().delete(name);
      }
    } finally {
      arrivals.close();
      closeResources();
      Simulator running = simulator;
      if (running != null) {
        running.close();
      }
    }
  }

  private void closeResources() {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException(resource + " cannot be closed", e);
      }
    }
  }
}
