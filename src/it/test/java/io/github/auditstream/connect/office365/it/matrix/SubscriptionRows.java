package io.github.auditstream.connect.office365.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.simulator.Fault;
import io.github.auditstream.connect.office365.simulator.Operation;
import io.github.auditstream.connect.office365.simulator.Rule;
import java.util.List;

/** Subscriptions that are not there, are disabled, or will not start. */
final class SubscriptionRows {
  private SubscriptionRows() {}

  static List<Row> rows() {
    return List.of(
        new Row("subscription-missing", SubscriptionRows::missing),
        new Row("subscription-disabled-in-mid-run", SubscriptionRows::disabled),
        new Row("subscription-comes-back-disabled", SubscriptionRows::comesBackDisabled),
        new Row("subscription-enabled-already-af20024", SubscriptionRows::enabledAlready));
  }

  private static void missing(Scene scene) {
    scene.simulateTenant(t -> t.subscribed(Scene.OTHER));
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    assertThat(starts(scene)).isEqualTo(1);
  }

  private static void disabled(Scene scene) {
    scene.publish();
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    scene.tenant().subscriptions().disable(Scene.FEED);
    scene.publishNow();
    scene.awaitProblem("NOT_SUBSCRIBED", "AF20023");
    scene.awaitReceipts(Scene.FEED);
    assertThat(starts(scene)).isEqualTo(1);
  }

  /** It is not started again for a quarter of an hour, but noticed when another has done so. */
  private static void comesBackDisabled(Scene scene) {
    scene.simulateTenant(t -> t.subscribed(Scene.OTHER));
    scene.tenant().subscriptions().startsComeBackDisabled();
    scene.publish();
    scene.start();
    scene.awaitProblem("NOT_SUBSCRIBED", "AF20023");
    scene.awaitOther();
    scene.tenant().subscriptions().enable(Scene.FEED);
    scene.awaitReceipts(Scene.FEED);
    assertThat(starts(scene)).isEqualTo(1);
  }

  private static void enabledAlready(Scene scene) {
    scene.expectBreach(Rule.START_ON_ENABLED);
    scene.feeds(Scene.FEED);
    scene.publish(Scene.FEED, 5);
    scene.on(Operation.LIST_SUBSCRIPTIONS).call(1).meets(Fault.body("[]"));
    scene.start();
    scene.awaitReceipts(Scene.FEED);
    assertThat(scene.simulator().requests().count(Operation.START_SUBSCRIPTION, "400 AF20024"))
        .isEqualTo(1);
    assertThat(scene.lastReason(Scene.FEED)).isEmpty();
  }

  private static long starts(Scene scene) {
    return scene.simulator().requests().count(Operation.START_SUBSCRIPTION);
  }
}
