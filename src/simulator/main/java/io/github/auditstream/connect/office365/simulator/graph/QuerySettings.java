package io.github.auditstream.connect.office365.simulator.graph;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * How a tenant's audit log queries behave from now on: as documented where nothing is said. What
 * Microsoft does not document is a setting. Thread-safe.
 */
public final class QuerySettings {
  private record Rule(Predicate<QueryRequest> which, QueryCourse course) {}

  private final Queue<QueryCourse> next = new ArrayDeque<>();
  private final List<Rule> rules = new ArrayList<>();
  private QueryCourse course = QueryCourse.succeedsAtPoll(2);
  private volatile Duration shortest = Duration.ZERO;
  private volatile boolean v1Served = true;
  private volatile int creationsADay = 200;
  private volatile int slots = 50;
  private volatile int createdByOthers;
  private volatile int slotsOfOthers;
  private volatile Optional<Duration> retryAfter = Optional.empty();
  private volatile int recordLimit = 1_000_000;
  private volatile boolean countFields = true;
  private volatile long countsOffBy;
  private volatile boolean endIncluded = true;
  private volatile Duration retention = Duration.ofDays(3_650);
  private volatile boolean unfilteredUnderPartialPermission;
  private volatile boolean writesEvents;
  private volatile int recordsPerPage = 1_000;
  private volatile int queriesPerPage = 50;

  /** How queries go on that nothing else is said of; they succeed at the second poll by default. */
  public synchronized QuerySettings course(QueryCourse usual) {
    course = usual;
    return this;
  }

  /** How the next queries go on, one after another. */
  public synchronized QuerySettings nextCourses(QueryCourse... courses) {
    next.addAll(List.of(courses));
    return this;
  }

  /** How those queries go on that fit, for example those of a long range. */
  public synchronized QuerySettings courseOf(Predicate<QueryRequest> which, QueryCourse course) {
    rules.add(new Rule(which, course));
    return this;
  }

  synchronized QueryCourse courseOf(QueryRequest request) {
    QueryCourse first = next.poll();
    if (first != null) {
      return first;
    }
    return rules.stream()
        .filter(rule -> rule.which().test(request))
        .map(Rule::course)
        .findFirst()
        .orElse(course);
  }

  /** How long a query takes at least, by the simulator's clock; zero by default. */
  public QuerySettings queriesTake(Duration duration) {
    shortest = duration;
    return this;
  }

  /** Whether v1.0 is served; where it is not, only beta is. */
  public QuerySettings serveV1(boolean served) {
    v1Served = served;
    return this;
  }

  /** How many queries can be created in any 24 hours; 200 by default, Microsoft's baseline. */
  public QuerySettings creationsADay(int queries) {
    creationsADay = queries;
    return this;
  }

  /** How many queries can be queued or running; 50 by default, Microsoft's baseline. */
  public QuerySettings slots(int queries) {
    slots = queries;
    return this;
  }

  /** What other applications and people use up of the tenant's allowance. */
  public QuerySettings usedByOthers(int creations, int running) {
    createdByOthers = creations;
    slotsOfOthers = running;
    return this;
  }

  /** What a refused creation says in {@code Retry-After}; nothing by default. */
  public QuerySettings retryAfter(Optional<Duration> asksToWait) {
    retryAfter = asksToWait;
    return this;
  }

  /** How many records a query gives out at most; a million by default, Microsoft's baseline. */
  public QuerySettings recordLimit(int records) {
    recordLimit = records;
    return this;
  }

  /** Whether queries tell their limit and their count, which older servers do not. */
  public QuerySettings tellCounts(boolean told) {
    countFields = told;
    return this;
  }

  /** How far the approximate count is from what the query found. */
  public QuerySettings countsOffBy(long records) {
    countsOffBy = records;
    return this;
  }

  /** Whether an event of a range's very end is found, too; it is by default. */
  public QuerySettings includeEnd(boolean included) {
    endIncluded = included;
    return this;
  }

  /** How long events are kept; ten years by default. */
  public QuerySettings retention(Duration kept) {
    retention = kept;
    return this;
  }

  /**
   * Whether a token with permissions for single services may ask for all record types, and gets
   * those of its services; it is refused by default.
   */
  public QuerySettings permitUnfiltered(boolean permitted) {
    unfilteredUnderPartialPermission = permitted;
    return this;
  }

  /** Whether a query that succeeds is an event itself, as in Microsoft's service. */
  public QuerySettings writeEvents(boolean written) {
    writesEvents = written;
    return this;
  }

  /** How many records a page holds at most; 1,000 by default. */
  public QuerySettings recordsPerPage(int records) {
    recordsPerPage = records;
    return this;
  }

  /** How many queries a page of the list holds, whatever is asked for; 50 by default. */
  public QuerySettings queriesPerPage(int queries) {
    queriesPerPage = queries;
    return this;
  }

  Duration shortest() {
    return shortest;
  }

  public boolean v1Served() {
    return v1Served;
  }

  int creationsADay() {
    return creationsADay;
  }

  int slots() {
    return slots;
  }

  int createdByOthers() {
    return createdByOthers;
  }

  int slotsOfOthers() {
    return slotsOfOthers;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  int recordLimit() {
    return recordLimit;
  }

  boolean countFields() {
    return countFields;
  }

  long countsOffBy() {
    return countsOffBy;
  }

  boolean endIncluded() {
    return endIncluded;
  }

  Duration retention() {
    return retention;
  }

  public boolean unfilteredPermitted() {
    return unfilteredUnderPartialPermission;
  }

  public boolean writesEvents() {
    return writesEvents;
  }

  public int recordsPerPage() {
    return recordsPerPage;
  }

  public int queriesPerPage() {
    return queriesPerPage;
  }
}
