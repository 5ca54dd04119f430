package io.github.auditstream.connect.office365.dedupe;

/**
 * How far a reading of topics is, in offsets; aborted and compacted records have some, too.
 *
 * @param read how many are done
 * @param all how many there are
 */
public record ReadProgress(long read, long all) {}
