package io.github.auditstream.connect.office365.config;

import java.util.List;
import java.util.stream.Stream;

/** In which order a feed takes a backlog. */
public enum CatchUpOrder {
  OLDEST_FIRST("oldest-first"),
  NEWEST_FIRST("newest-first");

  private final String text;

  CatchUpOrder(String text) {
    this.text = text;
  }

  /** As the configuration writes it. */
  String text() {
    return text;
  }

  static List<String> texts() {
    return Stream.of(values()).map(CatchUpOrder::text).toList();
  }

  static CatchUpOrder of(String text) {
    return Stream.of(values()).filter(order -> order.text.equals(text)).findFirst().orElseThrow();
  }
}
