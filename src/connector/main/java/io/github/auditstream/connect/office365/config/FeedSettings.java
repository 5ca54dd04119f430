package io.github.auditstream.connect.office365.config;

import java.time.Duration;

/**
 * How a feed lists content.
 *
 * @param initialLookback how far back the very first start reads; zero is from now on, at most
 *     seven days
 * @param pollInterval the pause between two listings at the live edge
 * @param overlap how far behind the live edge windows are listed again, to find blobs that became
 *     visible late
 * @param order which end of a backlog is read first
 */
public record FeedSettings(
    Duration initialLookback, Duration pollInterval, Duration overlap, CatchUpOrder order) {}
