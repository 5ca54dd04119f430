package io.github.auditstream.connect.office365.history;

/** How far a slice is. The names are a contract: they stand in offsets and in the ledger. */
public enum SliceState {
  /** No query is under way. */
  WAITING,
  /** Microsoft is searching. */
  SEARCHING,
  /** The records are being read. */
  READING,
  /** All that Microsoft has is in the topics. */
  DONE,
  /** Too much for one query, or stuck: its parts are read instead. */
  SPLIT,
  /** Something may be missing, and nothing more is tried. */
  INCOMPLETE;

  /** Whether nothing more is done about it. */
  boolean isEnd() {
    return this == DONE || this == INCOMPLETE;
  }
}
