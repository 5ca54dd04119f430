package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The Management Activity API: who asks and whether they may; the operations themselves are in
 * classes of their own.
 */
final class FeedEndpoint {
  private static final Set<Operation> WITH_CONTENT_TYPE =
      EnumSet.of(
          Operation.START_SUBSCRIPTION,
          Operation.STOP_SUBSCRIPTION,
          Operation.LIST_CONTENT,
          Operation.NEXT_PAGE,
          Operation.LIST_NOTIFICATIONS);

  private final World world;
  private final CallChecks checks;
  private final SubscriptionEndpoint subscriptions;
  private final ContentEndpoint content;
  private final BlobEndpoint blobs;
  private final SensitiveTypesEndpoint sensitiveTypes;

  FeedEndpoint(World world) {
    this.world = world;
    this.checks = new CallChecks(world);
    this.subscriptions = new SubscriptionEndpoint(world);
    this.content = new ContentEndpoint(world);
    this.blobs = new BlobEndpoint(world);
    this.sensitiveTypes = new SensitiveTypesEndpoint();
  }

  /**
   * @param instead the answer of a fault; what the client broke is written down all the same
   */
  Answer answer(Call call, AppliedFaults faults, Optional<Answer> instead) {
    checkPublisher(call);
    checks.repeats(call);
    checks.gzip(call);
    Optional<Tokens.Token> token = checks.bearer(call, Resource.MANAGEMENT);
    Optional<SimulatedTenant> tenant = call.tenantId().flatMap(world::tenant);
    Optional<Answer> refusal =
        refusal(call, token, tenant).or(() -> tenant.flatMap(known -> known.throttling(call)));
    return instead
        .or(() -> refusal)
        .orElseGet(() -> permitted(call, tenant.orElseThrow(), token.orElseThrow(), faults));
  }

  private Optional<Answer> refusal(
      Call call, Optional<Tokens.Token> token, Optional<SimulatedTenant> tenant) {
    if (call.tenantId().isEmpty()) {
      breach(Rule.TENANT_NOT_A_GUID, call + " has no GUID as its tenant");
      return Optional.of(AfErrors.badRequest("AF20013"));
    }
    if (token.isEmpty()
        || token.get().resource() != Resource.MANAGEMENT
        || token.get().expires().isBefore(world.now())) {
      return Optional.of(Answer.plainError(401, "Authorization has been denied for this request."));
    }
    if (token.get().revoked()) {
      return Optional.of(Answer.afError(401, "AF10001", "The token has been revoked."));
    }
    if (tenant.isEmpty()) {
      return Optional.of(AfErrors.badRequest("AF20011"));
    }
    if (!token.get().tenant().equals(tenant.get().id())) {
      breach(
          Rule.TOKEN_OF_ANOTHER_TENANT,
          call + " came with a token of tenant " + token.get().tenant());
      return Optional.of(AfErrors.badRequest("AF20010"));
    }
    return Optional.empty();
  }

  private Answer permitted(
      Call call, SimulatedTenant tenant, Tokens.Token token, AppliedFaults faults) {
    if (!tenant.auditing()) {
      return AfErrors.auditingOff(auditName(call.operation()), tenant.id().toString());
    }
    Optional<ContentType> type = call.contentType().flatMap(ContentType::find);
    if (WITH_CONTENT_TYPE.contains(call.operation()) && type.isEmpty()) {
      breach(Rule.UNKNOWN_CONTENT_TYPE, call + " names no documented content type");
      return AfErrors.badRequest(call.contentType().isEmpty() ? "AF20001" : "AF20020");
    }
    Optional<PublishedBlob> blob =
        call.operation() == Operation.RETRIEVE_BLOB ? blobs.find(call) : Optional.empty();
    Optional<ContentType> subject = type.or(() -> blob.map(PublishedBlob::contentType));
    Permission needed =
        subject.filter(ContentType.DLP::equals).isPresent() ? Permission.READ_DLP : Permission.READ;
    if (!token.permissions().contains(needed)) {
      return lacking(needed, token);
    }
    return switch (call.operation()) {
      case LIST_SUBSCRIPTIONS -> subscriptions.list(tenant);
      case START_SUBSCRIPTION -> subscriptions.start(call, tenant, type.orElseThrow());
      case STOP_SUBSCRIPTION -> subscriptions.stop(call, tenant, type.orElseThrow());
      case LIST_CONTENT, NEXT_PAGE -> content.list(call, tenant, type.orElseThrow(), faults);
      case LIST_NOTIFICATIONS -> Answer.bytes(200, "", new byte[] {'[', ']'});
      case RETRIEVE_BLOB -> blobs.retrieve(call, tenant, blob);
      case DLP_SENSITIVE_TYPES -> sensitiveTypes.list(call);
      case TOKEN,
          CREATE_QUERY,
          LIST_QUERIES,
          GET_QUERY,
          DELETE_QUERY,
          LIST_RECORDS,
          NEXT_RECORDS,
          OTHER ->
          throw new IllegalStateException("not an operation of the feed");
    };
  }

  private static Answer lacking(Permission needed, Tokens.Token token) {
    String found = String.join(",", token.permissions().stream().map(Permission::role).toList());
    return Answer.afError(
        401,
        "AF10001",
        "The permission set ("
            + found
            + ") sent in the request does not include the expected permission "
            + needed.role()
            + ".");
  }

  private void checkPublisher(Call call) {
    Optional<String> publisher = call.parameter("PublisherIdentifier");
    if (publisher.isEmpty()) {
      breach(Rule.MISSING_PUBLISHER, call + " carried no PublisherIdentifier");
    } else if (Call.guid(publisher.get()).isEmpty()) {
      breach(Rule.PUBLISHER_NOT_A_GUID, call + " has a PublisherIdentifier that is not a GUID");
    }
  }

  private void breach(Rule rule, String sentence) {
    world.breaches().add(rule, sentence);
  }

  private static String auditName(Operation operation) {
    return switch (operation) {
      case START_SUBSCRIPTION -> "StartSubscription";
      case STOP_SUBSCRIPTION -> "StopSubscription";
      case LIST_SUBSCRIPTIONS -> "ListSubscriptions";
      default -> "ListAvailableContent";
    };
  }
}
