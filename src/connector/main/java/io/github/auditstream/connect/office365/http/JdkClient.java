package io.github.auditstream.connect.office365.http;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A client of the JDK's that can be ended.
 *
 * <p>Up to JDK 20 a client cannot be closed: its thread {@code HttpClient-<n>-SelectorManager} ends
 * some time after a garbage collection, or when it is interrupted. It is made in the thread group
 * of whoever builds the client, so the client is built in a group of its own, and what is in there
 * is interrupted at the end. From JDK 21 on {@code HttpClient.shutdownNow()} does that, and breaks
 * off what is under way.
 */
record JdkClient(ThreadGroup group, HttpClient client) {
  private static final Optional<Method> SHUTDOWN_NOW = shutdownNow();

  /**
   * Builds it.
   *
   * @param parent of the thread group of its own
   * @throws RuntimeException as {@code build} does
   */
  static JdkClient build(ThreadGroup parent, Callable<HttpClient> build) {
    ThreadGroup group = group(parent, parent.getName());
    return new JdkClient(group, inThreadOf(group, parent.getName() + "-http-build", build));
  }

  /** A thread group that goes with its last thread; JDKs before 19 would keep it for ever. */
  @SuppressWarnings("removal")
  static ThreadGroup group(ThreadGroup parent, String name) {
    ThreadGroup group = new ThreadGroup(parent, name);
    if (SHUTDOWN_NOW.isEmpty()) {
      group.setDaemon(true);
    }
    return group;
  }

  /** A daemon thread that keeps nothing of its maker's class loader. */
  static Thread thread(ThreadGroup group, Runnable work, String name) {
    Thread thread = new Thread(group, work, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(JdkClient.class.getClassLoader());
    return thread;
  }

  /** Runs something that waits for nothing in a thread of the group. */
  static <T> T inThreadOf(ThreadGroup group, String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    thread(group, task, "office365-" + name).start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          // The work does not wait for anything; the interrupt is for what comes next.
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
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

  /** Ends it, its connections and requests that are under way; does not wait for its thread. */
  void end() {
    SHUTDOWN_NOW.ifPresent(this::call);
    group.interrupt();
  }

  private void call(Method method) {
    try {
      method.invoke(client);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("the HTTP client cannot be ended", e);
    }
  }

  private static Optional<Method> shutdownNow() {
    try {
      return Optional.of(HttpClient.class.getMethod("shutdownNow"));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }
}
