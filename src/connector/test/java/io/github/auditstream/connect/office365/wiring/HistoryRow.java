package io.github.auditstream.connect.office365.wiring;

/**
 * One fault of the history, and what must come of it.
 *
 * @param name as {@code docs/faults.md} names it
 */
record HistoryRow(String name, Script script) {
  /** What happens, up to the end. */
  interface Script {
    void run(HistoryScene scene) throws Exception;
  }
}
