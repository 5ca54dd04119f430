package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The operation {@code /subscriptions/content} with its pages. */
final class ContentEndpoint {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration OLDEST = Duration.ofDays(7);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final World world;
  private final PageTokens tokens = new PageTokens();

  ContentEndpoint(World world) {
    this.world = world;
  }

  /**
   * What is listed.
   *
   * @param startText the bound as it was sent, for the next page's address
   */
  private record Listing(ContentType type, String startText, String endText, TimeWindow window) {
    String identity(SimulatedTenant tenant) {
      return tenant.id() + "|" + type + "|" + startText + "|" + endText;
    }
  }

  Answer list(Call call, SimulatedTenant tenant, ContentType type, AppliedFaults faults) {
    switch (tenant.subscriptions().state(type)) {
      case NONE -> {
        return AfErrors.badRequest("AF20022");
      }
      case DISABLED -> {
        return AfErrors.badRequest("AF20023");
      }
      case ENABLED -> {}
    }
    Optional<String> startText = call.parameter("startTime");
    Optional<String> endText = call.parameter("endTime");
    if (startText.isPresent() != endText.isPresent()) {
      breach(Rule.ONE_TIME_BOUND, call + " has one time bound of two");
      return AfErrors.badRequest("AF20030");
    }
    Instant now = call.at();
    String from =
        startText.orElseGet(
            () -> SECONDS.format(now.minus(LONGEST).truncatedTo(ChronoUnit.SECONDS)));
    String to = endText.orElseGet(() -> SECONDS.format(now.truncatedTo(ChronoUnit.SECONDS)));
    Optional<Instant> start = TimeWindow.time(from);
    Optional<Instant> end = TimeWindow.time(to);
    if (!TimeWindow.documentedForm(from) || !TimeWindow.documentedForm(to)) {
      breach(Rule.TIME_FORMAT, call + " writes a time in a form that is not documented");
    }
    if (start.isEmpty() || end.isEmpty()) {
      return AfErrors.badRequest("AF20002");
    }
    Listing listing = new Listing(type, from, to, new TimeWindow(start.get(), end.get()));
    return call.operation() == Operation.NEXT_PAGE
        ? nextPage(call, tenant, listing, faults)
        : firstPage(call, tenant, listing, faults);
  }

  private Answer firstPage(
      Call call, SimulatedTenant tenant, Listing listing, AppliedFaults faults) {
    TimeWindow window = listing.window();
    if (!window.start().isBefore(window.end())) {
      breach(Rule.WINDOW_EMPTY, call + " has a start that is not before its end");
      return AfErrors.badRequest("AF20055");
    }
    if (Duration.between(window.start(), window.end()).compareTo(LONGEST) > 0) {
      breach(Rule.WINDOW_TOO_LONG, call + " asks for more than 24 hours");
      return AfErrors.badRequest("AF20030");
    }
    if (window.start().isBefore(call.at().minus(OLDEST))) {
      breach(
          Rule.WINDOW_TOO_OLD,
          call + " starts more than seven days before " + call.at() + ", when it arrived");
      return AfErrors.badRequest("AF20030");
    }
    return page(call, tenant, listing, BlobShelf.before(window), faults);
  }

  private Answer nextPage(
      Call call, SimulatedTenant tenant, Listing listing, AppliedFaults faults) {
    Optional<PageTokens.Position> position =
        tokens.read(call.parameter("nextPage").orElse(""), listing.identity(tenant));
    if (position.isEmpty()) {
      breach(Rule.PAGE_TOKEN_ALTERED, call + " is not an address of a next page as it was given");
      return AfErrors.badRequest("AF20031");
    }
    if (position.get().issued().plus(world.behaviour().pageTokenLife()).isBefore(call.at())) {
      return AfErrors.badRequest("AF20031");
    }
    return page(call, tenant, listing, position.get().after(), faults);
  }

  private Answer page(
      Call call,
      SimulatedTenant tenant,
      Listing listing,
      BlobShelf.Place after,
      AppliedFaults faults) {
    BlobShelf.Page page =
        tenant
            .shelf(listing.type())
            .page(listing.window(), after, world.behaviour().pageSize(), call.at());
    page.blobs().forEach(blob -> blob.listed(call.at()));
    Answer answer = Answer.bytes(200, "", render(page.blobs(), faults));
    Optional<BlobShelf.Place> next = page.last();
    if (faults.has(Fault.Listing.PAGE_REPEATED)) {
      next = Optional.of(after);
    }
    if (next.isEmpty() || faults.has(Fault.Listing.PAGE_LOST)) {
      return answer;
    }
    String header =
        faults
            .first(Fault.NextPageHeader.class)
            .map(Fault.NextPageHeader::name)
            .orElse("NextPageUri");
    return answer.withHeader(header, nextPageUri(tenant, listing, next.get(), call.at(), faults));
  }

  private String nextPageUri(
      SimulatedTenant tenant,
      Listing listing,
      BlobShelf.Place after,
      Instant now,
      AppliedFaults faults) {
    String root = world.baseUri().toString();
    if (faults.has(Fault.Listing.PAGE_ELSEWHERE)) {
      root = world.elsewhere().toString();
    } else if (faults.has(Fault.Listing.PAGE_IN_PLAIN_HTTP)) {
      root = world.plainHttp().toString();
    }
    return root
        + world.behaviour().nextPagePath()
        + tenant.id()
        + "/activity/feed/subscriptions/content?contentType="
        + listing.type().apiName()
        + "&startTime="
        + encoded(listing.startText())
        + "&endTime="
        + encoded(listing.endText())
        + "&nextPage="
        + tokens.write(after, listing.identity(tenant), now);
  }

  private byte[] render(List<PublishedBlob> blobs, AppliedFaults faults) {
    boolean elsewhere = faults.has(Fault.Listing.BLOBS_ELSEWHERE);
    boolean plainHttp = faults.has(Fault.Listing.BLOBS_IN_PLAIN_HTTP);
    StringBuilder json = new StringBuilder(64 + blobs.size() * 480).append('[');
    for (PublishedBlob blob : blobs) {
      String uri = blob.contentUri().toString();
      if (elsewhere) {
        uri = world.elsewhere() + blob.contentUri().getRawPath();
      } else if (plainHttp) {
        uri = world.plainHttp() + blob.contentUri().getRawPath();
      }
      json.append(json.length() > 1 ? "," : "")
          .append("{\"contentUri\":\"")
          .append(uri)
          .append("\",\"contentId\":\"")
          .append(blob.contentId())
          .append("\",\"contentType\":\"")
          .append(blob.contentType().apiName())
          .append("\",\"contentCreated\":\"")
          .append(MILLIS.format(blob.contentCreated()))
          .append("\",\"contentExpiration\":\"")
          .append(MILLIS.format(blob.contentExpiration()))
          .append("\"}");
    }
    return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void breach(Rule rule, String sentence) {
    world.breaches().add(rule, sentence);
  }
}
