package io.github.auditstream.connect.office365.config;

/**
 * How a task fetches content blobs.
 *
 * @param concurrency how many blobs a task retrieves at once, at least 1
 * @param bufferBytes how many bytes of the heap the events take at most that a task holds between
 *     the API and Kafka
 */
public record FetchSettings(int concurrency, long bufferBytes) {}
