package io.github.auditstream.connect.office365.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import io.github.auditstream.connect.office365.feed.offset.Blobs;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.Scheduler;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;
import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a request goes, in virtual time. */
class TenantConnectionTest {
  private static final int ONE_A_SECOND = 60;

  private final VirtualTime time = new VirtualTime(Blobs.NOON);
  private final VirtualTime.Executor executor = time.newExecutor();
  private final List<Throwable> failures = new ArrayList<>();
  private final List<Instant> sent = new ArrayList<>();
  private final TenantConnection connection =
      new TenantConnection(api(), 4, executor, time.clock(Duration.ZERO));
  private final Scheduler scheduler = new Scheduler(executor, executor, executor, failures::add);
  private final RequestSlots.Share share = new RequestSlots(64, 0).share();

  private ModelApi api() {
    Random chance = new Random(1);
    ModelWorld world =
        new ModelWorld(
            1,
            Duration.ZERO,
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            4,
            ONE_A_SECOND,
            100,
            50,
            2_000,
            Duration.ofHours(1),
            CatchUpOrder.OLDEST_FIRST,
            Duration.ZERO,
            Duration.ZERO,
            true,
            true,
            1);
    return new ModelApi(
        new ModelServer(time, world, chance), time, world, chance, new NobodyLooks());
  }

  private static final class NobodyLooks implements ModelApi.Observer {
    @Override
    public void asked(ContentType type, Instant start, Instant end) {}

    @Override
    public void retrieved(ModelBlob blob) {}

    @Override
    public void breach(String what) {
      throw new AssertionError(what);
    }
  }

  private void send(int requests) {
    for (int i = 0; i < requests; i++) {
      connection.whenAllowed(
          scheduler,
          share,
          new RequestSlots.Request() {
            @Override
            public boolean isDue() {
              return false;
            }

            @Override
            public void send(RequestSlots.Slot slot) {
              sent.add(time.now());
              slot.release(true);
            }
          });
    }
  }

  @Test
  void requestsGoOneByOneWithinTheQuota() {
    send(3);
    time.pass(Duration.ofSeconds(1));
    assertThat(sent).hasSize(1);

    time.pass(Duration.ofMinutes(1));

    assertThat(sent).hasSize(3);
    assertThat(failures).isEmpty();
  }

  @Test
  void aPauseHoldsForRequestsThatHaveTheirSlotAlready() {
    send(4);
    time.pass(Duration.ofMillis(500));
    connection.api().quota().throttled(Optional.of(Duration.ofSeconds(90)));
    Instant pauseEnds = time.now().plusSeconds(90);

    time.pass(Duration.ofMinutes(10));

    assertThat(sent).hasSize(4);
    assertThat(sent.subList(1, 4)).noneMatch(at -> at.isBefore(pauseEnds));
    assertThat(failures).isEmpty();
  }
}
