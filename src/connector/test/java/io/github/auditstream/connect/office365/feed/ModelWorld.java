package io.github.auditstream.connect.office365.feed;

import io.github.auditstream.connect.office365.config.CatchUpOrder;
import java.time.Duration;

/**
 * What stays the same during a history.
 *
 * @param feeds how many content types are read
 * @param requestsPerMinute the quota
 * @param mostRecords how many records a poll takes
 * @param pageSize how many blobs stand on a page of a listing
 * @param mostWaiting while so many listed blobs of a feed wait, no more are listed
 * @param pageLife how long a further page of a listing can be asked for
 * @param order which end of a backlog is read first
 * @param latency the longest way of a request and of its answer, each
 * @param skew the server's time minus the worker's
 * @param subscribed whether there are subscriptions from the beginning
 * @param staysUp whether the connector runs on until the last blob has expired, or is down while
 *     they do
 * @param seed of whatever is left to chance
 */
record ModelWorld(
    int feeds,
    Duration lookback,
    Duration pollInterval,
    Duration overlap,
    int concurrency,
    int requestsPerMinute,
    int mostRecords,
    int pageSize,
    int mostWaiting,
    Duration pageLife,
    CatchUpOrder order,
    Duration latency,
    Duration skew,
    boolean subscribed,
    boolean staysUp,
    long seed) {}
