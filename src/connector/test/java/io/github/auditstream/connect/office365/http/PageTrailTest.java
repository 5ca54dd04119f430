package io.github.auditstream.connect.office365.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTrailTest {
  private static URI page(int number) {
    return URI.create("https://manage.office.com/api/v1.0/x?nextPage=" + number);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 2", "0, 3", "1, 2", "5, 7", "100, 64", "63, 1000"})
  void detectsACycleAfterAnyNumberOfPages(int before, int around) {
    PageTrail trail = new PageTrail();
    int asked = 0;
    int number = 0;
    while (!trail.comesBackWith(page(number))) {
      asked++;
      number = number + 1 < before + around ? number + 1 : before;
      assertThat(asked).isLessThan(4 * (before + around) + 4);
    }

    assertThat(asked).isGreaterThanOrEqualTo(before + around);
  }

  @Test
  void acceptsManyPages() {
    PageTrail trail = new PageTrail();
    for (int number = 0; number < 10_000; number++) {
      assertThat(trail.comesBackWith(page(number))).isFalse();
    }
  }

  @Test
  void detectsPagesWithoutEnd() {
    PageTrail trail = new PageTrail();
    int pages = 0;
    while (!trail.comesBackWith(URI.create("https://manage.office.com/?page=" + pages))) {
      pages++;
      assertThat(pages).isLessThanOrEqualTo(PageTrail.MOST_PAGES);
    }
    assertThat(pages).isEqualTo(PageTrail.MOST_PAGES);
  }
}
