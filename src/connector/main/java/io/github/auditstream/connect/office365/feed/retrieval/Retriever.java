package io.github.auditstream.connect.office365.feed.retrieval;

import io.github.auditstream.connect.office365.feed.tenant.RequestSlots;
import io.github.auditstream.connect.office365.feed.tenant.TenantConnection;

/** Retrieves the blobs of one feed, within its share of what the task may use. For many threads. */
public final class Retriever {
  private final RetrievalHost feed;
  private final TenantConnection connection;
  private final RetrievalTools tools;
  private final ByteBudget.Share budget;
  private final RequestSlots.Share requests;

  public Retriever(RetrievalHost feed, TenantConnection connection, RetrievalTools tools) {
    this.feed = feed;
    this.connection = connection;
    this.tools = tools;
    this.budget = tools.budget().share();
    this.requests = tools.requests().share();
  }

  RetrievalHost feed() {
    return feed;
  }

  TenantConnection connection() {
    return connection;
  }

  RetrievalTools tools() {
    return tools;
  }

  RequestSlots.Share requests() {
    return requests;
  }

  /** Starts to retrieve a blob, as soon as the tenant has a slot for it. */
  void retrieve(BlobFetch fetch) {
    connection.slots().submit(new Retrieval(fetch, this));
  }

  /** Another blob is at the head of the feed's queue: what waits for that may go on. */
  void headChanged() {
    tools.budget().headChanged();
    connection.slots().headChanged();
    requests.dueChanged();
  }

  /** Takes bytes of the budget for what waits to leave; waits until there is room for them. */
  void takeRoom(BlobFetch fetch, long bytes) throws InterruptedException {
    if (!budget.tryTake(bytes, () -> feed.isHead(fetch), fetch::hasNothingWaiting)) {
      // What is there must leave before there is room.
      tools.wakeUp().wake();
      budget.take(bytes, () -> feed.isHead(fetch), fetch::hasNothingWaiting);
    }
  }

  /** Gives back bytes of the budget, since what took them has left. */
  public void giveBack(long bytes) {
    budget.giveBack(bytes);
  }
}
