package io.github.auditstream.connect.office365.history;

import java.time.Instant;
import java.util.List;

/**
 * Where the history learns what is to be read, and what is there already. Safe for many threads.
 */
public interface HistorySources {
  /**
   * What is in the topics.
   *
   * @param from no event of an earlier time is going to be asked for
   */
  KnownEvents known(Instant from);

  /**
   * The gaps that the live connector has reported; read anew at each call.
   *
   * @throws KnownEventsException if the topics cannot be read now
   */
  List<MissedSpan> gaps() throws InterruptedException, KnownEventsException;

  /**
   * Until when the live connector is done with a tenant's content: what was created before then it
   * has sent, or never will. {@link Instant#MAX} where no live connector writes to these topics.
   *
   * @throws KnownEventsException if the topics cannot be read now
   */
  Instant liveDoneBefore(String tenant, Instant now)
      throws InterruptedException, KnownEventsException;
}
