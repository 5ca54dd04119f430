package io.github.auditstream.connect.office365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.auditstream.connect.office365.fixtures.ForkedJvm;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nothing depends on the default locale and encoding of the worker's JVM: what is read and written,
 * asked for and said is tried under defaults that change digits, letters, calendars and bytes.
 */
class LocalesIT {
  /** Mapping, offsets, windows, messages, configuration, metrics, transforms, tools. */
  private static final List<String> ALONE =
      names(
          "event.AuditEventMapperTest",
          "event.AuditEventRestorerTest",
          "event.BlobReaderTest",
          "event.EventSchemasTest",
          "event.EventTimesTest",
          "event.WorkloadsTest",
          "feed.listing.ListingWindowTest",
          "feed.offset.OffsetFormatTest",
          "api.ErrorTableTest",
          "auth.TokenClaimsTest",
          "config.ConfigurationErrorsTest",
          "config.Office365AuditSourceConfigTest",
          "config.TaskConfigTest",
          "config.UnknownKeysTest",
          "status.metrics.TenantMetricsTest",
          "tools.JsonTest",
          "tools.JudgementTest",
          "transforms.FilterEventsTest",
          "transforms.MaskFieldsTest",
          "transforms.RestoreEventTest",
          "transforms.ToEcsTest");

  /** Requests, answers, whole feeds and tasks, against a simulator of the API. */
  private static final List<String> WITH_A_SIMULATOR =
      names(
          "feed.FeedReportsTest",
          "feed.listing.ListingTest",
          "api.ErrorsTest",
          "api.OperationsTest",
          "auth.TokenFailuresTest",
          "tools.PreflightTest",
          "TaskMetricsTest");

  private static List<String> names(String... names) {
    return Stream.of(names).map(name -> LocalesIT.class.getPackageName() + "." + name).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "tr, TR, '', windows-1252, tr_TR windows-1252",
    "th, TH, u-ca-buddhist-nu-thai, ISO-8859-1, th_TH_#u-ca-buddhist-nu-thai ISO-8859-1",
    "ar, EG, u-nu-arab, ISO-8859-6, ar_EG_#u-nu-arab ISO-8859-6"
  })
  void nothingDependsOnTheDefaults(
      String language, String country, String extensions, String encoding, String defaults)
      throws Exception {
    List<String> tests = Stream.concat(ALONE.stream(), WITH_A_SIMULATOR.stream()).toList();
    run(language, country, extensions, encoding, defaults, tests);
  }

  /** The JDK cannot start a process with such a default, and the simulator has to. */
  @Test
  void nothingDependsOnADefaultEncodingThatDoesNotHoldAscii() throws Exception {
    run("fr", "FR", "", "UTF-16", "fr_FR UTF-16", ALONE);
  }

  private static void run(
      String language,
      String country,
      String extensions,
      String encoding,
      String defaults,
      List<String> tests)
      throws Exception {
    String printed =
        ForkedJvm.run(
            LocalesMain.class,
            List.of(
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Duser.extensions=" + extensions,
                "-Dfile.encoding=" + encoding),
            Map.of(),
            tests);

    assertThat(printed.lines().filter(line -> line.startsWith("failed: "))).isEmpty();
    assertThat(printed.lines())
        .contains("defaults: " + defaults, "not passed: 0")
        .anyMatch(line -> line.matches("passed: [0-9]{3,}"));
  }
}
