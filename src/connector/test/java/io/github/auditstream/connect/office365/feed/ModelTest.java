package io.github.auditstream.connect.office365.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * The feeds' state machine (admit, fetch, park, settle, late, expire, resume, rewind) against an
 * oracle, in histories by chance: without network, in one thread and in virtual time, so that each
 * is over in milliseconds and the same each time.
 *
 * <p>{@code -Doffice365.model.tries=20000} runs more histories, {@code -Doffice365.model.seed=...}
 * those of a seed that a failure printed. A failing history is made as short as it can be and then
 * described in words.
 */
class ModelTest {
  private static final int MOST_LINES = 1_000;
  private static final ModelTally TALLY = new ModelTally();

  @Property(
      tries = 2_000,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.PREVIOUS_SEED)
  @AddLifecycleHook(AsAsked.class)
  void nothingIsLostAndNothingIsTwiceInAnyHistory(
      @ForAll("worlds") ModelWorld world, @ForAll("histories") List<ModelStep> steps) {
    assertThat(new ModelHistory(world, TALLY, false).run(steps)).isEmpty();
  }

  @Provide
  Arbitrary<ModelWorld> worlds() {
    return ModelSteps.worlds();
  }

  @Provide
  Arbitrary<List<ModelStep>> histories() {
    return ModelSteps.histories();
  }

  private static String describe(ModelWorld world, List<ModelStep> steps) {
    ModelHistory history = new ModelHistory(world, new ModelTally(), true);
    List<String> violations = history.run(steps);
    List<String> story = history.story();
    return "In "
        + world
        + "\nthese steps:\n"
        + lines(steps)
        + "\ngo against a promise:\n"
        + lines(violations)
        + "\nWhat happened:\n"
        + lines(story.subList(0, Math.min(MOST_LINES, story.size())));
  }

  private static String lines(List<?> all) {
    return all.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
  }

  /** Takes number and seed from system properties, and keeps the feeds' own log lines away. */
  static final class AsAsked implements AroundPropertyHook {
    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      Optional.ofNullable(Integer.getInteger("office365.model.tries"))
          .ifPresent(context.attributes()::setTries);
      Optional.ofNullable(System.getProperty("office365.model.seed"))
          .ifPresent(context.attributes()::setSeed);
      PropertyExecutionResult result =
          QuietLog.during(
              () -> {
                PropertyExecutionResult tried = property.execute();
                tried.falsifiedParameters().ifPresent(AsAsked::print);
                return tried;
              });
      System.out.println("Model of the feeds: " + TALLY);
      return result;
    }

    private static void print(List<Object> falsified) {
      List<ModelStep> steps =
          ((List<?>) falsified.get(1)).stream().map(ModelStep.class::cast).toList();
      System.out.println(describe((ModelWorld) falsified.get(0), steps));
    }
  }
}
