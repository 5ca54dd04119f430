package io.github.auditstream.connect.office365.feed.offset;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.auditstream.connect.office365.model.ContentType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Any map as a source offset, as a person can send one. */
class OffsetFuzz {
  private static final List<String> NAMES =
      List.of(
          OffsetFormat.COMPLETE_UNTIL,
          OffsetFormat.CONTENT_CREATED,
          OffsetFormat.CONTENT_ID,
          OffsetFormat.LISTED_UNTIL,
          OffsetFormat.READ_UNTIL,
          OffsetFormat.READ_FROM,
          OffsetFormat.WAITING_SINCE,
          OffsetFormat.GAP_FROM,
          OffsetFormat.GAP_UNTIL,
          OffsetFormat.DEAD_LETTERED,
          OffsetFormat.SETTLED,
          OffsetFormat.PARKED,
          OffsetFormat.RECORD_INDEX,
          OffsetFormat.EVENT_ID,
          OffsetFormat.CONTENT_URI,
          OffsetFormat.CONTENT_EXPIRATION,
          "unknown");
  private static final List<String> TIMES =
      List.of(
          "2026-11-21T10:00:00.000Z",
          "2026-11-21T10:00:00.000000001Z",
          "-0001-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59Z",
          "2026-11-21T24:00:00Z");
  private static final String PARKED =
      "[{\"contentId\":\"a\",\"contentUri\":\"https://h/a\","
          + "\"contentCreated\":\"2026-11-21T10:00:00.000Z\","
          + "\"contentExpiration\":\"2026-11-28T10:00:00.000Z\",\"nextIndex\":3,\"attempts\":5,"
          + "\"retryAt\":\"2026-11-21T11:00:00.000Z\",\"cause\":\"GONE\"}]";

  @DictionaryEntries({
    "2026-11-21T10:AAAAAAAAAAA",
    "2026-11-21T11:",
    "\"contentId\":\"",
    "\"nextIndex\":",
    "\"lastEventId\":\"",
    "https://h/a"
  })
  @FuzzTest(maxDuration = "20s")
  void isRefusedOrReadAndWrittenTheSame(FuzzedDataProvider data) {
    Map<String, Object> offset = new HashMap<>();
    for (String name : NAMES) {
      int kind = data.consumeInt(0, 9);
      if (kind > 0 && !(name.equals("unknown") && kind < 9)) {
        offset.put(name, value(name, kind, data));
      }
    }

    FeedState state;
    try {
      state = OffsetFormat.read(ContentType.EXCHANGE, offset);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }

    Map<String, Object> written = state.toSourceOffset();
    assertThat(written.values()).allMatch(each -> each instanceof String || each instanceof Long);
    assertThat(OffsetFormat.read(ContentType.EXCHANGE, written)).isEqualTo(state);
  }

  private static Object value(String name, int kind, FuzzedDataProvider data) {
    return switch (kind) {
      case 1 -> data.consumeLong();
      case 2 -> data.consumeDouble();
      case 3 -> data.consumeString(60);
      case 4, 5 -> data.pickValue(TIMES);
      case 6 -> changed(PARKED, data);
      case 7 -> changed("2026-11-21T10:AAAAAAAAAAA;2026-11-21T11:BBBBBBBBBBB", data);
      case 8 -> name.equals(OffsetFormat.CONTENT_URI) ? "https://h/a" : data.consumeInt();
      default -> List.of();
    };
  }

  /** A good text with one place overwritten. */
  private static String changed(String text, FuzzedDataProvider data) {
    int at = data.consumeInt(0, text.length() - 1);
    String put = data.consumeString(20);
    return text.substring(0, at) + put + text.substring(Math.min(text.length(), at + put.length()));
  }
}
