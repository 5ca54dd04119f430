package io.github.auditstream.connect.office365;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs classes of tests in this JVM, and prints under which defaults and how it went. */
final class LocalesMain {
  private LocalesMain() {}

  public static void main(String[] classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(classes).map(DiscoverySelectors::selectClass).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    summary
        .getFailures()
        .forEach(
            failure ->
                out.println(
                    "failed: "
                        + failure.getTestIdentifier().getLegacyReportingName()
                        + ": "
                        + failure.getException()));
    out.println("defaults: " + Locale.getDefault() + " " + Charset.defaultCharset());
    out.println("passed: " + summary.getTestsSucceededCount());
    out.println("not passed: " + (summary.getTestsFoundCount() - summary.getTestsSucceededCount()));
    System.exit(0);
  }
}
