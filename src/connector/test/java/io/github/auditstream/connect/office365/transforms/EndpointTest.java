package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.7                     | 203.0.113.7       |       |
          203.0.113.7:54321               | 203.0.113.7       | 54321 |
          ' 203.0.113.7 '                 | 203.0.113.7       |       |
          [203.0.113.7]                   | 203.0.113.7       |       |
          [203.0.113.7]:80                | 203.0.113.7       | 80    |
          ::1                             | ::1               |       |
          2001:db8::7                     | 2001:db8::7       |       |
          2001:DB8:1:2:3:4:5:6            | 2001:DB8:1:2:3:4:5:6 |    |
          [2001:db8::7]                   | 2001:db8::7       |       |
          [2001:db8::7]:443               | 2001:db8::7       | 443   |
          ::ffff:203.0.113.7              | 203.0.113.7       |       |
          ::FFFF:203.0.113.7              | 203.0.113.7       |       |
          [::ffff:203.0.113.7]:9          | 203.0.113.7       | 9     |
          ::203.0.113.7                   | ::203.0.113.7     |       |
          64:ff9b::203.0.113.7            | 64:ff9b::203.0.113.7 |    |
          fe80::1%eth0                    | fe80::1           |       |
          HOST01 (203.0.113.7)            | 203.0.113.7       |       | HOST01
          [HOST01 (203.0.113.7)]          | 203.0.113.7       |       | HOST01
          HOST01 (15.20.4200.000)         |                   |       | HOST01
          mail.contoso.example            |                   |       | mail.contoso.example
          mail.contoso.example:25         |                   | 25    | mail.contoso.example
          [mail.contoso.example]:25       |                   | 25    | mail.contoso.example
          203.0.113.256                   |                   |       |
          203.0.113                       |                   |       |
          203.0.113.07                    |                   |       |
          203.0.113.7:65536               |                   |       |
          203.0.113.7:                    |                   |       |
          1:2:3:4:5:6:7                   |                   |       |
          1:2:3:4:5:6:7:8:9               |                   |       |
          1::2::3                         |                   |       |
          :::                             |                   |       |
          12345::                         |                   |       |
          00001::                         |                   |       |
          ::203.0.113.07                  |                   |       |
          1:2:3:4:5:6:7::                 | 1:2:3:4:5:6:7::   |       |
          1:2:3:4:5:6:7::8                |                   |       |
          .:1                             |                   |       |
          g::1                            |                   |       |
          1.2.3.4%eth0                    |                   |       |
          Not Available                   |                   |       |
          ()                              |                   |       |
          []                              |                   |       |
          """)
  void readsWhatEventsWrite(
      String text, @Nullable String ip, @Nullable Long port, @Nullable String domain) {
    Endpoint endpoint = Endpoint.of(text);

    assertThat(endpoint.ip()).isEqualTo(ip);
    assertThat(endpoint.port()).isEqualTo(port);
    assertThat(endpoint.domain()).isEqualTo(domain);
  }

  @Property
  void takesAnyText(@ForAll String text) {
    Endpoint endpoint = Endpoint.of(text);

    assertThat(endpoint.text()).isEqualTo(text.strip());
    if (endpoint.ip() != null) {
      assertThat(Endpoint.ip(endpoint.ip())).isEqualTo(endpoint.ip());
    }
  }
}
