package io.github.auditstream.connect.office365.feed.tenant;

import io.github.auditstream.connect.office365.api.ManagementApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * A task's connection to one tenant: what its feeds of that tenant share. Safe for many threads.
 */
public final class TenantConnection {
  private final ManagementApi api;
  private final FetchSlots slots;
  private final Clock clock;
  private volatile Instant lastSuccess = Instant.MIN;

  /**
   * @param concurrency how many blobs are retrieved at once
   * @param executor begins retrievals, which does not wait for anything
   */
  public TenantConnection(ManagementApi api, int concurrency, Executor executor, Clock clock) {
    this.api = api;
    this.slots = new FetchSlots(concurrency, executor);
    this.clock = clock;
  }

  public ManagementApi api() {
    return api;
  }

  public FetchSlots slots() {
    return slots;
  }

  /**
   * Sends a request once the quota has a slot for it and no pause has begun meanwhile, and the task
   * has one. Where it had to wait for the task's slot it asks the quota anew, so that requests
   * which have waited together do not go all at once.
   */
  public void whenAllowed(
      Scheduler scheduler, RequestSlots.Share share, RequestSlots.Request request) {
    afterQuota(
        scheduler,
        api.quota().reserve(),
        () -> {
          if (!share.trySend(request)) {
            share.send(new Waited(scheduler, share, request));
          }
        });
  }

  private void afterQuota(Scheduler scheduler, Duration wait, Runnable send) {
    if (wait.isZero()) {
      send.run();
      return;
    }
    scheduler.after(
        wait,
        Runnable::run,
        () -> {
          if (api.quota().isPaused()) {
            afterQuota(scheduler, api.quota().reserve(), send);
          } else {
            send.run();
          }
        });
  }

  /** A request whose place in the quota has passed while it waited for the task's slot. */
  private final class Waited implements RequestSlots.Request {
    private final Scheduler scheduler;
    private final RequestSlots.Share share;
    private final RequestSlots.Request request;

    private Waited(Scheduler scheduler, RequestSlots.Share share, RequestSlots.Request request) {
      this.scheduler = scheduler;
      this.share = share;
      this.request = request;
    }

    @Override
    public boolean isDue() {
      return request.isDue();
    }

    @Override
    public void send(RequestSlots.Slot slot) {
      Duration wait = api.quota().reserve();
      if (wait.isZero()) {
        request.send(slot);
        return;
      }
      slot.giveBack();
      afterQuota(
          scheduler,
          wait,
          () -> {
            if (!share.trySend(request)) {
              share.send(this);
            }
          });
    }
  }

  /** The server's time, as far as its answers have shown. */
  public Instant now() {
    return clock.instant().plus(api.serverClockSkew());
  }

  /**
   * Whether a time has come by the server's clock and by ours. Before the server has answered, or
   * while the two disagree, it has not: what hangs on it is asked, not assumed.
   */
  public boolean isPast(Instant time) {
    return hasEverSucceeded() && !now().isBefore(time) && !clock.instant().isBefore(time);
  }

  /** Whether a time lies in the future by the server's clock and by ours, and not by a little. */
  public boolean isAhead(Instant time, Duration margin) {
    return hasEverSucceeded()
        && time.isAfter(now().plus(margin))
        && time.isAfter(clock.instant().plus(margin));
  }

  /** Whether the API has answered well since the task's start. */
  public boolean hasEverSucceeded() {
    return !lastSuccess.equals(Instant.MIN);
  }

  public void succeeded() {
    lastSuccess = now();
  }

  public boolean succeededSince(Instant time) {
    return lastSuccess.isAfter(time);
  }
}
