package io.github.auditstream.connect.office365.config;

import java.util.regex.Pattern;

/** A topic's name, or what topics' names start with, that every Kafka broker takes. */
final class TopicNameRule implements Rule<String> {
  /** Kafka's own bound on a topic's name. */
  static final int LONGEST_NAME = 249;

  /** Leaves room for a dot and the longest workload's name. */
  static final int LONGEST_PREFIX = 200;

  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");

  private final int longest;

  TopicNameRule(int longest) {
    this.longest = longest;
  }

  @Override
  public String read(String text) throws InvalidValueException {
    if (!LEGAL.matcher(text).matches() || text.equals(".") || text.equals("..")) {
      throw new InvalidValueException("is not legal in a topic's name", "write " + validValues());
    }
    if (text.length() > longest) {
      throw new InvalidValueException(
          "is " + text.length() + " characters long", "write " + validValues());
    }
    return text;
  }

  @Override
  public String validValues() {
    return "up to " + longest + " letters, digits, dots, underscores and hyphens";
  }
}
