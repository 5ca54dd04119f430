package io.github.auditstream.connect.office365.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The domain of a URL is the host that a browser would go to, whatever the URL pretends. */
class WebUrlTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          https://contoso.example/a b/c.docx | contoso.example
          HTTPS://Contoso.EXAMPLE | contoso.example
          http://contoso.example:8080/x | contoso.example
          https://contoso.example:/x | contoso.example
          https://contoso.example?a=b | contoso.example
          https://contoso.example#a | contoso.example
          https://login.example:443@evil.example/x | evil.example
          https://login.example@evil.example:8443/x | evil.example
          https://a@login.example@evil.example/x | evil.example
          https://login.example%2F@evil.example/x | evil.example
          https://login.example%40evil.example/x |
          https://@evil.example/ | evil.example
          https://[2001:db8::1]@evil.example/ | evil.example
          https://login.example\\@evil.example/x | login.example
          https:\\\\evil.example\\x | evil.example
          https:///evil.example/x | evil.example
          https:/evil.example/x | evil.example
          https:evil.example/x | evil.example
          https://evil.example/x@login.example | evil.example
          https://evil.example?u=https://login.example/ | evil.example
          https://evil.example?@login.example/ | evil.example
          https://evil.example#@login.example/ | evil.example
          https://evil.example./x | evil.example
          https://ev%69l.example/x | evil.example
          https://login.example%00.evil.example/x |
          https://login.example%5c.evil.example/x |
          https://login.example%ff/x |
          https://login.example%zz/x |
          https://203.0.113.7:8443/x | 203.0.113.7
          https://[2001:DB8::1]:8443/x | [2001:db8::1]
          https://user:[pw@[2001:db8::1]/x | [2001:db8::1]
          https://[fe80::1%25eth0]/x | [fe80::1]
          https://[::ffff:203.0.113.7]/x | [::ffff:203.0.113.7]
          https://[2001:db8::1/x |
          https://[2001:db8::1]evil.example/x |
          https://[evil.example]/x |
          https://login.example:evil.example/x |
          https://login.example:443:evil.example/x |
          https://login.example:65536/x |
          https://evil.example:0000000443/x | evil.example
          https://evil.example:00/x | evil.example
          https://3405803783/x | 203.0.113.7
          https://0xcb.0.0161.7/x | 203.0.113.7
          https://203.0.28935./x | 203.0.113.7
          https://203.0.113.0x/x | 203.0.113.0
          https://203.0.113.256/x |
          https://203.0.113.08/x |
          https://1.2.3.4.5/x |
          https://evil.example.7/x |
          https://99999999999999999999/x |
          https://7.evil.example/x | 7.evil.example
          https://login.example:99999999999999/x |
          https://login example/x |
          https:// |
          https:///// |
          https://:443/ |
          https://. |
          """)
  void goesToTheHostThatABrowserGoesTo(String url, @Nullable String host) {
    WebUrl parts = WebUrl.of(url.replace("\\\\", "\\"));

    assertThat(parts).isNotNull();
    assertThat(parts.host()).isEqualTo(host);
  }

  @Test
  void handlesBlanksControlsAndUnicodeInHosts() {
    assertThat(host(" \u0001https://evil.example/ ")).isEqualTo("evil.example");
    assertThat(host("ht\ntps://login.exa\tmple\r\n@evil.exa\nmple/x")).isEqualTo("evil.example");
    assertThat(host("https://login.example\u0000@evil.example/")).isEqualTo("evil.example");
    assertThat(host("https://login.example\u0000.evil.example/")).isNull();
    assertThat(host("https://\uff25\uff36\uff29\uff2c\u3002example/")).isEqualTo("evil.example");
    assertThat(host("https://ev\u00adil\u200b.example/")).isEqualTo("evil.example");
    assertThat(host("https://login.example\uff0fevil.example/")).isNull();
    assertThat(host("https://login.\u2100.evil.example/")).isNull();
    assertThat(host("https://login.example\uff20evil.example/")).isNull();
    assertThat(host("https://\u202eevil.example/")).isNull();
    assertThat(host("https://M\u00dcller.example/")).isEqualTo("m\u00fcller.example");
  }

  @Test
  void isOnlyOfTheWeb() {
    for (String text :
        new String[] {
          "",
          "https",
          "login.example@evil.example/x",
          "//evil.example",
          "ftp://evil.example/",
          "httpss://evil.example",
          "file:///c:/x",
          "C:\\x",
          "javascript:https://evil.example"
        }) {
      assertThat(WebUrl.of(text)).as(text).isNull();
    }
  }

  @Test
  void isUsedAsTheDomainOfADocument() {
    assertThat(document("https://login.example:443@evil.example/x"))
        .containsEntry("domain", "evil.example")
        .containsEntry("original", "https://login.example:443@evil.example/x")
        .containsEntry("scheme", "https");
    assertThat(document("https://login.example:evil.example/x"))
        .containsOnlyKeys("original", "scheme");
  }

  @Test
  void doesNotLookLikeAPersonsAddress() {
    String url = "https://login.example:443@evil.example";
    Map<?, ?> byOne = map("{\"Id\":\"e\",\"RecordType\":4,\"UserId\":\"%s\"}".formatted(url));
    assertThat(byOne.get("user")).isEqualTo(Map.of("id", url));

    Map<?, ?> application =
        map(
            "{\"Id\":\"e\",\"RecordType\":8,\"Operation\":\"Update.\",\"ObjectId\":\"%s\"}"
                .formatted(url));
    assertThat(application.containsKey("user")).isFalse();
  }

  @Property(tries = 2_000)
  void takesAnyText(@ForAll String text) {
    assertThat(WebUrl.of("https://" + text)).isNotNull();
    assertThat(WebUrl.of("https://" + text + "@evil.example"))
        .satisfiesAnyOf(
            parts -> assertThat(parts.host()).isEqualTo("evil.example"),
            parts -> assertThat(text).containsAnyOf("/", "\\", "?", "#"));
  }

  private static @Nullable String host(String url) {
    WebUrl parts = WebUrl.of(url);
    assertThat(parts).isNotNull();
    return parts.host();
  }

  private static Map<String, Object> document(String url) {
    String json =
        "{\"Id\":\"e\",\"RecordType\":6,\"Operation\":\"FileViewed\",\"ObjectId\":\"%s\"}";
    Map<String, Object> parts = new HashMap<>();
    ((Map<?, ?>) map(json.formatted(url)).get("url"))
        .forEach((name, value) -> parts.put((String) name, value));
    return parts;
  }

  private static Map<?, ?> map(String json) {
    ToEcs<SinkRecord> toEcs = new ToEcs<>();
    toEcs.configure(Map.of());
    return (Map<?, ?>) toEcs.apply(Records.of(Schema.STRING_SCHEMA, json)).value();
  }
}
