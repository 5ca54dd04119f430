package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.model.ContentBlob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A content blob of the model's API: what it holds, what is wrong with it, what became of it. */
final class ModelBlob {

  /** What is at one place of a blob. */
  enum Kind {
    EVENT,
    EVENT_WITHOUT_ID,
    /** Has the same Id as every other twin of its blob. */
    EVENT_TWIN,
    NO_OBJECT,
    BROKEN,
    /** Too large for the producer. */
    LARGE,
    /** Too large for one dead letter. */
    HUGE;

    boolean isRefused() {
      return this == NO_OBJECT || this == BROKEN || this == LARGE || this == HUGE;
    }
  }

  /**
   * How the content differs when the blob is read once more. Not among them is what the offset
   * cannot tell: it has the place's index and the Id of the event there, so events in front of it
   * that were exchanged for others are not seen.
   */
  enum Change {
    NONE,
    ONE_MORE_AT_THE_END,
    FIRST_IS_GONE,
    LAST_IS_GONE,
    ONE_MORE_IN_FRONT
  }

  /**
   * @param id as the record's key has it; empty where it has none
   */
  record Element(Kind kind, Optional<String> id, String json) {
    static Element of(Kind kind, String name) {
      String workload = "\"Workload\":\"Exchange\",\"CreationTime\":\"2026-11-20T08:15:27\"}";
      String twin = name.substring(0, name.indexOf('#')) + "#twin";
      return switch (kind) {
        case EVENT -> new Element(kind, Optional.of(name), "{\"Id\":\"" + name + "\"," + workload);
        case EVENT_WITHOUT_ID -> new Element(kind, Optional.empty(), "{" + workload);
        case EVENT_TWIN ->
            new Element(kind, Optional.of(twin), "{\"Id\":\"" + twin + "\"," + workload);
        case NO_OBJECT -> new Element(kind, Optional.empty(), "42");
        case BROKEN -> new Element(kind, Optional.empty(), "{\"Id\":oops}");
        case LARGE -> new Element(kind, Optional.empty(), large(name, 9_000));
        case HUGE -> new Element(kind, Optional.empty(), large(name, 90_000));
      };
    }

    private static String large(String name, int length) {
      return "{\"Id\":\"" + name + "\",\"UserId\":\"" + "x".repeat(length) + "\"}";
    }
  }

  /**
   * @param fault what its retrievals meet; empty for none
   * @param times how many retrievals meet it
   * @param at how many whole elements arrive before a body breaks off
   * @param change shows from the second retrieval that hands out a body
   */
  record Defect(Optional<ModelFault> fault, int times, int at, Change change) {
    static final int FOR_EVER = Integer.MAX_VALUE;
    static final Defect NONE = new Defect(Optional.empty(), 0, 0, Change.NONE);

    boolean isForEver() {
      return fault.isPresent() && times == FOR_EVER;
    }
  }

  private final ContentBlob descriptor;
  private final List<Element> first;
  private final List<Element> changed;
  private final Defect defect;
  private int retrievals;
  private boolean recovered;
  private int bodies;
  private boolean visible;
  private int tooLateInEpoch = -1;
  private boolean late;
  private boolean listedToLastRun;

  ModelBlob(ContentBlob descriptor, List<Kind> kinds, Defect defect) {
    this.descriptor = descriptor;
    this.defect = defect;
    List<Element> elements = new ArrayList<>();
    for (Kind kind : kinds) {
      // Where events have no Ids of their own, nobody can tell that they have moved.
      Kind served = defect.change() == Change.NONE ? kind : Kind.EVENT;
      elements.add(Element.of(served, name(elements.size())));
    }
    this.first = List.copyOf(elements);
    this.changed = List.copyOf(changed(elements));
  }

  private List<Element> changed(List<Element> elements) {
    List<Element> after = new ArrayList<>(elements);
    switch (defect.change()) {
      case NONE -> {}
      case ONE_MORE_AT_THE_END -> after.add(Element.of(Kind.EVENT, name(after.size())));
      case ONE_MORE_IN_FRONT -> after.add(0, Element.of(Kind.EVENT, name(after.size())));
      case FIRST_IS_GONE -> {
        if (!after.isEmpty()) {
          after.remove(0);
        }
      }
      case LAST_IS_GONE -> {
        if (!after.isEmpty()) {
          after.remove(after.size() - 1);
        }
      }
    }
    return after;
  }

  private String name(int number) {
    return descriptor.contentId() + "#" + number;
  }

  ContentBlob descriptor() {
    return descriptor;
  }

  Instant created() {
    return descriptor.contentCreated();
  }

  Defect defect() {
    return defect;
  }

  boolean isVisible() {
    return visible;
  }

  void show() {
    visible = true;
  }

  /** Appeared so late that the documentation does not promise it to the feed's present epoch. */
  void tooLate(int epoch) {
    tooLateInEpoch = epoch;
  }

  /** Appeared behind what had been listed already. */
  void late() {
    late = true;
  }

  boolean isLate() {
    return late;
  }

  boolean isTooLate(int epoch) {
    return tooLateInEpoch == epoch;
  }

  boolean isShortLived() {
    return Duration.between(created(), descriptor.contentExpiration()).compareTo(Duration.ofDays(7))
        < 0;
  }

  /** A new run of the connector knows of nothing that was listed before. */
  void newRun() {
    listedToLastRun = false;
  }

  void listed() {
    listedToLastRun = true;
  }

  boolean wasListedToLastRun() {
    return listedToLastRun;
  }

  /** Its elements as they were when a body was last handed out. */
  List<Element> elements() {
    return bodies > 1 ? changed : first;
  }

  boolean hasChanged() {
    return !first.equals(changed);
  }

  /** What the next retrieval meets. */
  Optional<ModelFault> retrieve() {
    retrievals++;
    return !recovered && retrievals <= defect.times() ? defect.fault() : Optional.empty();
  }

  /** What passes is over. */
  void recover() {
    recovered = !defect.isForEver();
  }

  int retrievals() {
    return retrievals;
  }

  /** The body for a retrieval, whole or up to a place. */
  byte[] body(boolean whole) {
    bodies++;
    List<Element> elements = elements();
    if (whole) {
      return bytes(wholeText());
    }
    int at = Math.min(defect.at(), elements.size());
    String cut =
        elements.subList(0, at).stream()
            .map(Element::json)
            .collect(Collectors.joining(",", "[", ""));
    if (at < elements.size()) {
      String half = elements.get(at).json();
      cut += (at > 0 ? "," : "") + half.substring(0, half.length() / 2);
    }
    return bytes(cut);
  }

  String wholeText() {
    return elements().stream().map(Element::json).collect(Collectors.joining(",", "[", "]"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return descriptor.contentId()
        + " (created "
        + created()
        + ", expires "
        + descriptor.contentExpiration()
        + ", "
        + first.stream().map(Element::kind).toList()
        + ", "
        + defect
        + ", "
        + retrievals
        + " retrievals)";
  }
}
