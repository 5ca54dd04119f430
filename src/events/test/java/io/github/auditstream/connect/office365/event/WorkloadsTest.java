package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

  @Test
  void findsAWorkloadInAnyCase() {
    assertThat(Workloads.find("Exchange")).map(Workload::topicSuffix).contains("exchange");
    assertThat(Workloads.find("EXCHANGE")).isEqualTo(Workloads.find("Exchange"));
    assertThat(Workloads.find("azureActiveDirectory"))
        .map(Workload::name)
        .contains("AzureActiveDirectory");
  }

  @Test
  void findsNoUnknownWorkload() {
    for (String text : new String[] {"", " Exchange", "Exchange\u0000", "../exchange", "user1"}) {
      assertThat(Workloads.find(text)).as(text).isEmpty();
    }
  }

  @Test
  void doesNotLetAnEventChooseTheConnectorsOwnRoutes() {
    assertThat(Workloads.find("dlp")).isEmpty();
    assertThat(Workloads.find("general")).isEmpty();
  }

  @Test
  void routesDlpEventsBeforeWorkloads() {
    assertThat(Workloads.route(true, "Exchange")).isEqualTo(Workloads.DLP);
    assertThat(Workloads.route(false, "OneDrive").topicSuffix()).isEqualTo("onedrive");
    assertThat(Workloads.route(false, "Unheard")).isEqualTo(Workloads.GENERAL);
    assertThat(Workloads.route(false, null)).isEqualTo(Workloads.GENERAL);
  }

  @Test
  void writesTopicSuffixesInLowerCase() {
    assertThat(Workloads.all())
        .allMatch(each -> each.topicSuffix().equals(each.name().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
  }
}
