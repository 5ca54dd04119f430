package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What one tenant's API holds, whoever asks: content, subscriptions, and what goes wrong. */
final class ModelServer {

  /** What can be asked. */
  enum Operation {
    SUBSCRIPTIONS,
    START,
    LIST,
    NEXT_PAGE,
    RETRIEVE
  }

  private static final class ScriptedFault {
    private final Set<Operation> operations;
    private final ModelFault fault;
    private final Instant until;
    private int calls;

    ScriptedFault(Set<Operation> operations, ModelFault fault, Instant until, int calls) {
      this.operations = operations;
      this.fault = fault;
      this.until = until;
      this.calls = calls;
    }

    boolean strikes(Operation operation, Instant now) {
      return calls > 0 && now.isBefore(until) && operations.contains(operation);
    }
  }

  private record Page(List<ModelBlob> blobs, Instant goneAt) {}

  private final VirtualTime time;
  private final ModelWorld world;
  private final Random chance;
  private final Map<String, ModelBlob> blobs = new LinkedHashMap<>();
  private final Set<ContentType> subscriptions = EnumSet.noneOf(ContentType.class);
  private final List<ScriptedFault> faults = new ArrayList<>();
  private final Map<String, Page> furtherPages = new LinkedHashMap<>();

  ModelServer(VirtualTime time, ModelWorld world, Random chance) {
    this.time = time;
    this.world = world;
    this.chance = chance;
    if (world.subscribed()) {
      subscriptions.addAll(EnumSet.allOf(ContentType.class));
    }
  }

  Instant now() {
    return time.now().plus(world.skew());
  }

  Set<ContentType> subscriptions() {
    return Collections.unmodifiableSet(subscriptions);
  }

  void subscribe(ContentType type) {
    subscriptions.add(type);
  }

  void unsubscribe(ContentType type) {
    subscriptions.remove(type);
  }

  void add(ModelBlob blob) {
    blobs.put(blob.descriptor().contentId(), blob);
  }

  List<ModelBlob> blobs(ContentType type) {
    return blobs.values().stream().filter(b -> b.descriptor().contentType() == type).toList();
  }

  /**
   * @throws NullPointerException if there is no such blob
   */
  ModelBlob blob(String contentId) {
    return Objects.requireNonNull(blobs.get(contentId), contentId);
  }

  /** The next calls, or all calls until a time, meet a fault. */
  void misbehave(Set<Operation> operations, ModelFault fault, Instant until, int calls) {
    faults.add(new ScriptedFault(operations, fault, until, calls));
  }

  /** Ends all faults except permanent ones. */
  void behave() {
    faults.clear();
    blobs.values().forEach(ModelBlob::recover);
  }

  Optional<ModelFault> fault(Operation operation) {
    for (ScriptedFault scripted : faults) {
      if (scripted.strikes(operation, now())) {
        scripted.calls--;
        return Optional.of(scripted.fault);
      }
    }
    return Optional.empty();
  }

  /** What a window holds now, in any order. */
  List<ModelBlob> list(ContentType type, Instant start, Instant end) {
    List<ModelBlob> found = new ArrayList<>();
    for (ModelBlob blob : blobs.values()) {
      if (blob.descriptor().contentType() == type
          && blob.isVisible()
          && !blob.created().isBefore(start)
          && blob.created().isBefore(end)
          && isKept(blob)) {
        found.add(blob);
      }
    }
    Collections.shuffle(found, chance);
    return found;
  }

  boolean isKept(ModelBlob blob) {
    return now().isBefore(blob.descriptor().contentExpiration());
  }

  /** Keeps what does not fit on a page, under the next page's name. */
  String keepForLater(List<ModelBlob> rest) {
    String name = "page-" + furtherPages.size();
    furtherPages.put(name, new Page(List.copyOf(rest), now().plus(world.pageLife())));
    return name;
  }

  /**
   * What was kept under a name; empty if it is gone by now.
   *
   * @throws NullPointerException if there is no such page
   */
  Optional<List<ModelBlob>> laterPage(String name) {
    Page page = Objects.requireNonNull(furtherPages.get(name), name);
    return now().isAfter(page.goneAt()) ? Optional.empty() : Optional.of(page.blobs());
  }
}
