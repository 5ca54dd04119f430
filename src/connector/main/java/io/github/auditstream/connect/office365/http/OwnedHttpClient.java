package io.github.auditstream.connect.office365.http;

import io.github.auditstream.connect.office365.config.HttpSettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A task's HTTP client with all its threads, which end with it.
 *
 * <p>However many requests are under way, there are at most {@value #MOST_THREADS} threads that
 * decrypt and hand over what has come, and one that waits for all connections; for a while two or
 * more of those, when the client is renewed ({@link RenewingClient}).
 */
public final class OwnedHttpClient {
  /**
   * No work of the JDK's client waits for other work of its, but the look-up of a host's name does
   * for the name server, so there are more threads than processors are needed.
   */
  static final int MOST_THREADS = 8;

  private static final Duration IDLE_THREAD_ENDS = Duration.ofSeconds(20);

  private final LongSupplier ticks;
  private final ThreadGroup group;
  private final ThreadPoolExecutor executor;
  private final AtomicReference<RenewingClient> renewing = new AtomicReference<>();
  private final HttpClient client;

  /**
   * Builds the client.
   *
   * @param task distinguishes the task, for example {@code audit-0}
   * @param ticks nanoseconds of a clock that only goes forward; measures how long connections are
   *     idle
   * @throws org.apache.kafka.common.config.ConfigException as {@link HttpClients#create} does
   */
  public OwnedHttpClient(String task, HttpSettings settings, LongSupplier ticks) {
    this.ticks = ticks;
    group = JdkClient.group(Thread.currentThread().getThreadGroup(), task);
    AtomicInteger number = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            IDLE_THREAD_ENDS.toNanos(),
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(),
            work ->
                JdkClient.thread(
                    group, work, "office365-" + task + "-http-" + number.getAndIncrement()));
    executor.allowCoreThreadTimeOut(true);
    client =
        JdkClient.inThreadOf(
            group, task + "-http-build", () -> HttpClients.create(settings, executor, this::renew));
  }

  private RenewingClient renew(HttpClient.Builder builder) {
    RenewingClient made =
        new RenewingClient(
            () -> JdkClient.build(group, builder::build), ticks, RenewingClient.LONGEST_IDLE);
    renewing.set(made);
    return made;
  }

  public HttpClient client() {
    return client;
  }

  /**
   * Ends the client; requests that are still under way end with it.
   *
   * @param patience how long to wait for its threads
   * @return names of the threads that have not ended by then
   */
  public List<String> close(Duration patience) {
    RenewingClient open = renewing.get();
    if (open != null) {
      open.close();
    }
    group.interrupt();
    executor.shutdown();
    long deadline = System.nanoTime() + patience.toNanos();
    List<Thread> left = threads();
    try {
      while (!left.isEmpty() && deadline - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedJoin(left.get(0), deadline - System.nanoTime());
        left = threads();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return left.stream().map(Thread::getName).toList();
  }

  private List<Thread> threads() {
    Thread[] found = new Thread[group.activeCount() + 16];
    return Arrays.asList(found).subList(0, group.enumerate(found));
  }
}
