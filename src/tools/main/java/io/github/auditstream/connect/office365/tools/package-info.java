/**
 * The commands {@code Preflight}, {@code Reconcile} and {@code Replay}, each a class with its
 * options and its steps, run by {@code Program}.
 *
 * <ul>
 *   <li>All: {@code Program} turns failures into one line and the exit status; {@code Result}
 *       prints a table, rows or JSON; {@code ConnectorFile} and {@code WorkerFile} read
 *       configurations.
 *   <li>Reconcile and Replay: {@code WorkerOptions} and {@code WorkerRest} reach the worker; {@code
 *       TopicScan} reads topics to their ends, {@code RecordDecoder} gives {@code Fields}, and
 *       those become a {@code ReadReceipt} or a {@code ReadLetter}.
 *   <li>Reconcile: {@code Accounts} add up feeds and blobs, {@code LiveListing} adds what the API
 *       lists, {@code Judgement} compares and writes the {@code Report}.
 *   <li>Replay: {@code OpenLetters} knows what nothing has settled, {@code ReplayChoice} what of it
 *       is to be replayed.
 * </ul>
 */
@NullMarked
package io.github.auditstream.connect.office365.tools;

import org.jspecify.annotations.NullMarked;
