package io.github.auditstream.connect.office365.graph;

/** What is asked of Graph; one answer can mean different things to different operations. */
enum GraphOperation {
  CREATE("Creating an audit log query"),
  LIST("Listing the audit log queries"),
  STATUS("Asking for an audit log query's status"),
  RECORDS("Reading an audit log query's records"),
  DELETE("Deleting an audit log query");

  private final String words;

  GraphOperation(String words) {
    this.words = words;
  }

  /** As a sentence about it begins. */
  String words() {
    return words;
  }
}
