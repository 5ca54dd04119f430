package io.github.auditstream.connect.office365.api;

/** What is asked of the API; one answer can mean different things to different operations. */
enum Operation {
  SUBSCRIPTIONS("Listing the subscriptions"),
  START("Starting the subscription"),
  CONTENT("Listing content"),
  NEXT_PAGE("Listing a further page of content"),
  RETRIEVE("Retrieving a content blob");

  private final String words;

  Operation(String words) {
    this.words = words;
  }

  /** As a sentence about it begins. */
  String words() {
    return words;
  }
}
