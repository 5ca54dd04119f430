package io.github.auditstream.connect.office365.feed.listing;

import io.github.auditstream.connect.office365.config.FeedSettings;
import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.Scheduler;
import io.github.auditstream.connect.office365.feed.tenant.WakeUp;
import java.util.function.DoubleSupplier;

/**
 * What the listings of a task share.
 *
 * @param requests how many listings and subscription checks are under way at once
 * @param wakeUp notifies the task's thread that there is something to hand over
 * @param mostWaiting while so many listed blobs of a feed wait, no more are listed
 * @param random numbers in [0, 1), for the spread of retries
 */
public record ListingTools(
    Scheduler scheduler,
    RequestSlots requests,
    WakeUp wakeUp,
    FeedSettings settings,
    int mostWaiting,
    DoubleSupplier random) {}
