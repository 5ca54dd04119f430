package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations {@code /subscriptions/list}, {@code start} and {@code stop}. */
final class SubscriptionEndpoint {
  private final World world;

  SubscriptionEndpoint(World world) {
    this.world = world;
  }

  Answer list(SimulatedTenant tenant) {
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    tenant
        .subscriptions()
        .all()
        .forEach(
            (type, state) -> {
              if (state != Subscriptions.State.NONE) {
                entries.add(entry(type, state));
              }
            });
    return Answer.json(200, entries);
  }

  Answer start(Call call, SimulatedTenant tenant, ContentType type) {
    Optional<Duration> tooSoon = tenant.subscriptions().startedTooSoon(type, call.at());
    tooSoon.ifPresent(
        since ->
            world
                .breaches()
                .add(
                    Rule.START_TOO_SOON,
                    call + " came " + since.toSeconds() + " s after the start before it"));
    if (tenant.subscriptions().state(type) == Subscriptions.State.ENABLED) {
      world
          .breaches()
          .add(Rule.START_ON_ENABLED, call + " starts a subscription that is enabled already");
      return AfErrors.badRequest("AF20024");
    }
    return Answer.json(200, entry(type, tenant.subscriptions().start(type)));
  }

  Answer stop(Call call, SimulatedTenant tenant, ContentType type) {
    world
        .breaches()
        .add(Rule.STOP_CALLED, call + " stops a subscription, and what happens meanwhile is lost");
    if (tenant.subscriptions().state(type) == Subscriptions.State.NONE) {
      return AfErrors.badRequest("AF20022");
    }
    tenant.subscriptions().disable(type);
    return new Answer(200, "", Map.of(), Payload.of(new byte[0]));
  }

  private static Map<String, @Nullable Object> entry(ContentType type, Subscriptions.State state) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("contentType", type.apiName());
    entry.put("status", state.name().toLowerCase(Locale.ROOT));
    entry.put("webhook", null);
    return entry;
  }
}
