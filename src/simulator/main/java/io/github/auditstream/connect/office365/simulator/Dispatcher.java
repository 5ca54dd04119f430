package io.github.auditstream.connect.office365.simulator;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** How a request is served: read it, find its faults, answer it, send the answer, write it down. */
final class Dispatcher extends Handler.Abstract {
  private static final String INSPECTION = "/simulator/";
  private static final byte[] NOTHING = {};
  private static final String REDIRECTED = "/simulator/redirected";

  private final World world;
  private final TokenEndpoint tokens;
  private final FeedEndpoint feed;
  private final GraphEndpoint graph;
  private final CallReader reader;
  private final InspectionEndpoint inspection;
  private final AnswerWriter writer;

  Dispatcher(World world, Scheduler scheduler) {
    this.world = world;
    this.tokens = new TokenEndpoint(world);
    this.feed = new FeedEndpoint(world);
    this.graph = new GraphEndpoint(world);
    this.reader = new CallReader(world);
    this.inspection = new InspectionEndpoint(world);
    this.writer = new AnswerWriter(world, scheduler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String host = request.getConnectionMetaData().getConnector().getName();
    boolean toGraph = HttpsServer.GRAPH.equals(host);
    Call call = reader.read(request, toGraph);
    if (!toGraph && !HttpsServer.MANAGEMENT.equals(host)) {
      return elsewhere(call, response, callback);
    }
    if (!toGraph && call.path().startsWith(INSPECTION) && !call.path().startsWith(REDIRECTED)) {
      writer.writeRight(inspection.answer(call), call, response, callback);
      return true;
    }
    AppliedFaults faults = new AppliedFaults(List.of());
    if (call.path().startsWith(REDIRECTED)) {
      world.breaches().add(Rule.REDIRECT_FOLLOWED, call + " is where a redirect led");
    } else {
      faults = new AppliedFaults(world.faults().meetsNow(call));
    }
    URI base = toGraph ? world.graphUri() : world.baseUri();
    writer.write(answer(call, faults, base), faults, call, request, response, callback);
    return true;
  }

  private boolean elsewhere(Call call, Response response, Callback callback) {
    world
        .breaches()
        .add(
            Rule.REQUEST_SENT_ELSEWHERE,
            call + " went to a host that is none of the simulated ones");
    if (call.carriesCredential()) {
      world
          .breaches()
          .add(
              Rule.TOKEN_SENT_ELSEWHERE,
              call + " took a credential to a host that is none of the simulated ones");
    }
    Answer answer = Answer.bytes(200, "", new byte[] {'[', ']'});
    writer.writeRight(answer, call, response, callback);
    return true;
  }

  private Answer answer(Call call, AppliedFaults faults, URI base) {
    if (call.hasCredentialInQuery()) {
      world.breaches().add(Rule.CREDENTIAL_IN_URL, call + " has a credential in its URL");
    }
    Optional<Answer> instead =
        faults
            .first(Fault.Instead.class)
            .map(Fault.Instead::answer)
            .or(
                () ->
                    faults
                        .first(Fault.Redirect.class)
                        .map(redirect -> redirect(redirect, call, base)));
    return switch (call.operation()) {
      case TOKEN -> instead.or(() -> withoutAnswer(faults)).orElseGet(() -> tokens.answer(call));
      case OTHER -> instead.orElseGet(() -> unknown(call, base));
      case CREATE_QUERY, LIST_QUERIES, GET_QUERY, DELETE_QUERY, LIST_RECORDS, NEXT_RECORDS ->
          graph.answer(call, faults, instead);
      default -> feed.answer(call, faults, instead);
    };
  }

  /** A token that does not reach the client must not count as one that it has. */
  private static Optional<Answer> withoutAnswer(AppliedFaults faults) {
    return faults.first(Fault.NoAnswer.class).map(none -> Answer.bytes(0, "", NOTHING));
  }

  private Answer redirect(Fault.Redirect redirect, Call call, URI base) {
    String target =
        redirect.elsewhere() ? world.elsewhere() + call.path() : base + REDIRECTED + call.path();
    String query = call.query().isEmpty() ? "" : "?" + call.query();
    return new Answer(
        redirect.status(), "", Map.of("Location", target + query), Payload.of(new byte[0]));
  }

  private Answer unknown(Call call, URI base) {
    if (!call.path().startsWith(REDIRECTED)) {
      world.breaches().add(Rule.UNKNOWN_OPERATION, call + " is not an operation of the API");
    }
    return Answer.plainError(
        404,
        "No HTTP resource was found that matches the request URI '" + base + call.path() + "'.");
  }
}
