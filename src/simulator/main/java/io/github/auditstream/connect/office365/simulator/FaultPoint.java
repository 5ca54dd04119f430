package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Which requests meet which faults. The requests that fit are counted from 1, from the moment that
 * the point was made; narrow it before the first {@link When#meets}. Thread-safe once scripted.
 */
public final class FaultPoint {
  private final String name;
  private final FaultScript script;
  private final AtomicInteger calls = new AtomicInteger();
  private final List<Scripted> scripted = new CopyOnWriteArrayList<>();
  private Predicate<Call> where;

  FaultPoint(String name, Predicate<Call> where, FaultScript script) {
    this.name = name;
    this.where = where;
    this.script = script;
  }

  /** Only a tenant's requests. */
  public FaultPoint of(UUID tenant) {
    return where(call -> call.tenantId().filter(tenant::equals).isPresent());
  }

  /** Only requests for a content type. */
  public FaultPoint of(ContentType contentType) {
    return where(call -> call.contentType().filter(contentType.apiName()::equals).isPresent());
  }

  /** Only requests that fit. */
  public FaultPoint where(Predicate<Call> narrower) {
    where = where.and(narrower);
    return this;
  }

  /** The nth request, from 1. */
  public When call(int n) {
    return new When("call " + n + " of " + name, count -> count == n);
  }

  /** The nth attempt, from 1; another word for {@link #call}. */
  public When attempt(int n) {
    return new When("attempt " + n + " of " + name, count -> count == n);
  }

  /** The first n requests. */
  public When first(int n) {
    return new When("the first " + n + " of " + name, count -> count <= n);
  }

  /** Every nth request. */
  public When everyNth(int n) {
    return new When("every " + n + "th of " + name, count -> count % n == 0);
  }

  /** Each request. */
  public When always() {
    return new When("each " + name, count -> true);
  }

  /**
   * A share of the requests, drawn with a seed.
   *
   * @param share from 0 to 1
   */
  public When sometimes(double share, long seed) {
    return new When(
        "some of " + name,
        count -> new SplittableRandom(seed + count * 0x9E3779B97F4A7C15L).nextDouble() < share);
  }

  List<Fault> meetsNow(Call call) {
    if (!where.test(call)) {
      return List.of();
    }
    int count = calls.incrementAndGet();
    List<Fault> met = new ArrayList<>();
    for (Scripted each : scripted) {
      if (each.when.test(count)) {
        each.met.incrementAndGet();
        met.addAll(each.faults);
      }
    }
    return met;
  }

  List<String> notMet() {
    return scripted.stream()
        .filter(each -> each.met.get() == 0)
        .map(each -> each.name + " should have met: " + labels(each.faults))
        .toList();
  }

  static String labels(List<Fault> faults) {
    return String.join(", ", faults.stream().map(Fault::label).toList());
  }

  private record Scripted(String name, IntPredicate when, List<Fault> faults, AtomicLong met) {}

  /** Some of a point's requests. */
  public final class When {
    private final String sentence;
    private final IntPredicate when;

    private When(String sentence, IntPredicate when) {
      this.sentence = sentence;
      this.when = when;
    }

    /** Scripts the faults; all of them meet on one request. Answers the point, for the next one. */
    public FaultPoint meets(Fault... faults) {
      scripted.add(new Scripted(sentence, when, List.of(faults), new AtomicLong()));
      script.add(FaultPoint.this);
      return FaultPoint.this;
    }
  }
}
