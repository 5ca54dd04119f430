/**
 * The feeds of a task, one per tenant and content type: what puts the rooms below together, and
 * hands records over.
 *
 * <p>Rooms, imports downwards only: this one uses all; {@code listing} and {@code retrieval} know a
 * feed only as {@code ListingTarget} and {@code RetrievalHost}, and not each other; {@code records}
 * uses {@code retrieval}; these use {@code tenant} and {@code offset}, {@code tenant} uses {@code
 * offset}, and that none.
 *
 * <p>Threads ({@link TaskThreads} owns them):
 *
 * <ul>
 *   <li>Connect's task thread polls, and drains each feed ({@link FeedDrain}).
 *   <li>{@code list}, two threads: plan listings and take in what they bring ({@link FeedIntake}),
 *       and begin retrievals. Never wait. A feed's listing has one request at a time, so its fields
 *       need no lock.
 *   <li>{@code fetch}, one for each body that is being read, at most as many as there are slots for
 *       retrievals. The only ones that wait: for the body, for the byte budget, or to be let in
 *       with a large event.
 *   <li>{@code timer}, one thread: starts what is due after a pause, and sends what has waited for
 *       the quota. Never waits.
 *   <li>{@code token}: wait for tokens.
 *   <li>A producer's or the task's thread confirms records ({@code Deliveries}), without a lock.
 * </ul>
 *
 * <p>Locks, in the order in which they may be taken, none of them held while waiting for anything
 * but itself:
 *
 * <ol>
 *   <li>a feed's: the monitor of its {@link FeedBlobs};
 *   <li>one of {@code FetchSlots}, {@code RequestSlots}, {@code ByteBudget}, {@code
 *       LargeEventGate}, {@code FeedHealth}; never two of these. They ask only whether a blob is
 *       the head of its queue, which is a volatile field;
 *   <li>a {@code BlobFetch}.
 * </ol>
 *
 * <p>Slots start work after they have given up their own lock, on an executor or without waiting.
 */
@NullMarked
package io.github.auditstream.connect.office365.feed;

import org.jspecify.annotations.NullMarked;
