package io.github.auditstream.connect.office365;

import io.github.auditstream.connect.office365.config.HttpSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task's HTTP client with all its threads, which end with it.
 *
 * <p>Up to JDK 20 a client cannot be closed: its thread {@code HttpClient-<n>-SelectorManager} ends
 * some time after a garbage collection, or when it is interrupted. It is made in the thread group
 * of whoever builds the client, so the client is built in a group of its own, and what is in there
 * is interrupted at the end. From JDK 21 on {@code HttpClient.shutdownNow()} does that, and breaks
 * off what is under way.
 */
final class TaskHttp {
  private static final Optional<Method> SHUTDOWN_NOW = shutdownNow();

  private final ThreadGroup group;
  private final ExecutorService executor;
  private final ProxiedClient client;

  /**
   * Builds the client.
   *
   * @param task distinguishes the task, for example {@code audit-0}
   * @throws org.apache.kafka.common.config.ConfigException as {@link HttpClients#create} does
   */
  TaskHttp(String task, HttpSettings settings) {
    group = SHUTDOWN_NOW.isPresent() ? new ThreadGroup(task) : temporaryGroup(task);
    AtomicInteger number = new AtomicInteger();
    executor =
        Executors.newCachedThreadPool(
            work -> thread(work, "office365-" + task + "-http-" + number.getAndIncrement()));
    FutureTask<ProxiedClient> build =
        new FutureTask<>(() -> HttpClients.create(settings, executor));
    thread(build, "office365-" + task + "-http-build").start();
    client = resultOf(build);
  }

  HttpClient client() {
    return client;
  }

  /**
   * Ends the client; requests that are still under way end with it.
   *
   * @param patience how long to wait for its threads
   * @return names of the threads that have not ended by then
   */
  List<String> close(Duration patience) {
    SHUTDOWN_NOW.ifPresent(method -> call(method, client.wrapped()));
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

  private Thread thread(Runnable work, String name) {
    Thread thread = new Thread(group, work, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(TaskHttp.class.getClassLoader());
    return thread;
  }

  /** Goes with its last thread; otherwise JDKs before 19 would keep it for ever. */
  @SuppressWarnings("removal")
  private static ThreadGroup temporaryGroup(String name) {
    ThreadGroup group = new ThreadGroup(name);
    group.setDaemon(true);
    return group;
  }

  private static ProxiedClient resultOf(FutureTask<ProxiedClient> build) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return build.get();
        } catch (InterruptedException e) {
          // Building does not wait for anything; the interrupt is for what comes next.
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException fault) {
            throw fault;
          }
          throw new IllegalStateException("the HTTP client cannot be built", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Optional<Method> shutdownNow() {
    try {
      return Optional.of(HttpClient.class.getMethod("shutdownNow"));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private static void call(Method method, HttpClient raw) {
    try {
      method.invoke(raw);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("the HTTP client cannot be ended", e);
    }
  }
}
