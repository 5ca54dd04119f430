package io.github.auditstream.connect.office365.tools;

import java.util.Comparator;

/** A feed as records name it. */
record FeedName(String tenant, String contentType) implements Comparable<FeedName> {
  private static final Comparator<FeedName> ORDER =
      Comparator.comparing(FeedName::tenant).thenComparing(FeedName::contentType);

  static FeedName of(Fields fields) {
    return new FeedName(fields.text("Tenant"), fields.text("ContentType"));
  }

  @Override
  public int compareTo(FeedName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return tenant + "/" + contentType;
  }
}
