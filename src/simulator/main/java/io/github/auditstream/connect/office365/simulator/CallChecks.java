package io.github.auditstream.connect.office365.simulator;

import java.util.Optional;

/** What both APIs hold a request to. */
final class CallChecks {
  private final World world;

  CallChecks(World world) {
    this.world = world;
  }

  /** The token that a request brought, for whatever it is; empty where it is none of ours. */
  Optional<Tokens.Token> bearer(Call call, Resource resource) {
    if (call.authorization().isEmpty()) {
      world.breaches().add(Rule.MISSING_AUTHORIZATION, call + " carried no Authorization");
      return Optional.empty();
    }
    Optional<Tokens.Token> token = Call.bearer(call.authorization()).flatMap(world.tokens()::find);
    if (token.isEmpty()) {
      world
          .breaches()
          .add(Rule.WRONG_AUTHORIZATION, call + " carried no bearer token of this simulator");
    } else if (token.get().resource() != resource) {
      world
          .breaches()
          .add(
              Rule.TOKEN_OF_ANOTHER_RESOURCE,
              call + " brought " + resource + " a token for " + token.get().resource());
    }
    return token;
  }

  void repeats(Call call) {
    call.parameters()
        .forEach(
            (name, values) -> {
              if (values.size() > 1) {
                world
                    .breaches()
                    .add(Rule.PARAMETER_REPEATED, call + " has " + name + " more than once");
              }
            });
  }

  void gzip(Call call) {
    if (!call.acceptsGzip()) {
      world.breaches().note(call.operation() + " without Accept-Encoding: gzip");
    }
  }
}
