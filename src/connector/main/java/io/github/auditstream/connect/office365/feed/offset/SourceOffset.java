package io.github.auditstream.connect.office365.feed.offset;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feed's state as a source offset. Connect keeps an offset with every record but writes only the
 * last one of a commit, so the state is turned into text when it is first looked at. Safe for many
 * threads: the state is immutable.
 */
final class SourceOffset extends AbstractMap<String, Object> {
  private final FeedState state;
  private volatile @Nullable Map<String, Object> written;

  SourceOffset(FeedState state) {
    this.state = state;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    Map<String, Object> entries = written;
    if (entries == null) {
      entries = OffsetFormat.write(state);
      written = entries;
    }
    return entries.entrySet();
  }
}
