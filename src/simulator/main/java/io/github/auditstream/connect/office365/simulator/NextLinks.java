package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.simulator.graph.SkipTokens;
import java.util.Optional;
import java.util.OptionalLong;

/** The addresses of next pages in Graph's lists, and what faults make of them. */
final class NextLinks {
  private final World world;
  private final SkipTokens tokens = new SkipTokens();

  NextLinks(World world) {
    this.world = world;
  }

  /**
   * A list that is read page by page.
   *
   * @param id identifies it
   * @param options what its links repeat of the first request's query; each ends in {@code &}
   * @param first the place of its first page
   */
  record Paged(Call call, String id, String options, long first) {}

  /**
   * Where the page begins that a request asks for; empty, and a breach, where its link was altered.
   */
  OptionalLong place(Paged list) {
    Optional<String> token = list.call().parameter("$skiptoken");
    if (token.isEmpty()) {
      return OptionalLong.of(list.first());
    }
    OptionalLong place = tokens.read(token.get(), identity(list));
    if (place.isEmpty()) {
      world
          .breaches()
          .add(
              Rule.PAGE_TOKEN_ALTERED,
              list.call() + " is not an address of a next page as it was given");
    }
    return place;
  }

  /**
   * The address of the page after one.
   *
   * @param here where the page begins
   * @param next where the next one does; empty where there is none
   */
  Optional<String> link(Paged list, long here, OptionalLong next, AppliedFaults faults) {
    OptionalLong place = next;
    if (faults.has(Fault.Listing.PAGE_LOST)) {
      place = OptionalLong.empty();
    } else if (faults.has(Fault.Listing.PAGE_REPEATED) || faults.has(Fault.Listing.PAGE_EMPTY)) {
      place = OptionalLong.of(here);
    } else if (faults.has(Fault.Listing.FIRST_PAGE_NEXT)) {
      place = OptionalLong.of(list.first());
    }
    if (place.isEmpty()) {
      return Optional.empty();
    }
    String root = world.graphUri().toString();
    if (faults.has(Fault.Listing.PAGE_ELSEWHERE)) {
      root = world.elsewhere().toString();
    } else if (faults.has(Fault.Listing.PAGE_IN_PLAIN_HTTP)) {
      root = world.plainHttp().toString();
    }
    return Optional.of(
        root
            + list.call().path()
            + "?"
            + list.options()
            + "$skiptoken="
            + tokens.write(place.getAsLong(), identity(list)));
  }

  private static String identity(Paged list) {
    return list.id() + "|" + list.options();
  }
}
