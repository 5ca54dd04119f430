package io.github.auditstream.connect.office365.simulator;

import io.github.auditstream.connect.office365.model.ContentType;
import io.github.auditstream.connect.office365.simulator.graph.AuditQueries;
import io.github.auditstream.connect.office365.simulator.graph.AuditStore;
import io.github.auditstream.connect.office365.simulator.graph.QuerySettings;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A tenant of the simulator, which can be changed while it is read. Thread-safe. */
public final class SimulatedTenant {
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneOffset.UTC);

  private final World world;
  private final LiveFeeds liveFeeds;
  private final UUID id;
  private final String clientId;
  private final List<X509Certificate> certificates;
  private final Subscriptions subscriptions;
  private final Throttling throttling;
  private final AuditStore auditStore = new AuditStore();
  private final QuerySettings querySettings = new QuerySettings();
  private final AuditQueries queries;
  private final Map<ContentType, BlobShelf> shelves = new EnumMap<>(ContentType.class);
  private final Map<ContentType, AtomicLong> eventNumbers = new EnumMap<>(ContentType.class);
  private final List<String> federated = new CopyOnWriteArrayList<>();
  private volatile String clientSecret;
  private volatile boolean secretExpired;
  private volatile Set<Permission> consent;
  private volatile boolean auditing;
  private volatile Duration tokenLife = Duration.ofSeconds(3_599);

  SimulatedTenant(World world, LiveFeeds liveFeeds, TenantSetup setup) {
    this.world = world;
    this.liveFeeds = liveFeeds;
    id = setup.id;
    clientId = setup.clientId;
    clientSecret = setup.clientSecret;
    certificates = new CopyOnWriteArrayList<>(setup.certificates);
    consent = Set.copyOf(setup.consent);
    auditing = setup.auditing;
    throttling = new Throttling(world.breaches(), setup.requestsPerMinute);
    queries = new AuditQueries(auditStore, querySettings, world.seed() ^ id.hashCode());
    subscriptions = new Subscriptions(setup.subscriptions);
    for (ContentType type : ContentType.values()) {
      shelves.put(type, new BlobShelf());
      eventNumbers.put(type, new AtomicLong());
    }
  }

  /** The directory id. */
  public UUID id() {
    return id;
  }

  /** The application id of the app registration. */
  public String clientId() {
    return clientId;
  }

  public String clientSecret() {
    return clientSecret;
  }

  /** The subscriptions, to look at and to change. */
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /** The audit log queries that were created through Microsoft Graph. */
  public AuditQueries queries() {
    return queries;
  }

  /** How audit log queries behave, to change. */
  public QuerySettings querySettings() {
    return querySettings;
  }

  /** The secret is another from now on; tokens issued before stay valid. */
  public void rotateSecret(String secret) {
    clientSecret = secret;
    secretExpired = false;
  }

  /** The right secret is refused as expired from now on ({@code AADSTS7000222}). */
  public void expireSecret() {
    secretExpired = true;
  }

  /** Registers another certificate with the app. */
  public void registerCertificate(X509Certificate certificate) {
    certificates.add(certificate);
  }

  /** Trusts an assertion of another identity provider, and no other one from now on. */
  public void trustFederatedAssertion(String assertion) {
    federated.clear();
    federated.add(assertion);
  }

  /** Sets the consented permissions; they are in tokens issued from now on. */
  public void consentTo(Permission... permissions) {
    consent = Set.of(permissions);
  }

  public void switchAuditingOff() {
    auditing = false;
  }

  public void switchAuditingOn() {
    auditing = true;
  }

  /** How long tokens issued from now on are valid; one second less than an hour by default. */
  public void issueTokensFor(Duration life) {
    tokenLife = life;
  }

  /** All tokens issued so far are refused from now on. */
  public void revokeTokens() {
    world.tokens().revokeAll(id);
  }

  /** The quota from now on. */
  public void requestsPerMinute(int requests) {
    throttling.quota().perMinute(requests);
  }

  /** Forgets the requests of the last minute. */
  public void forgetRequestsOfTheLastMinute() {
    throttling.quota().forget();
  }

  /**
   * How throttling is answered: 403 without {@code Retry-After} by default, as in Microsoft's
   * sample.
   */
  public void throttleWith(int status, Optional<Duration> asksToWait) {
    throttling.answerWith(status, asksToWait);
  }

  /** Begins a blob that is published by {@link BlobDraft#add}. */
  public BlobDraft blob(ContentType contentType) {
    return new BlobDraft(this, contentType);
  }

  /** Publishes blobs that were created over a span up to now, evenly. */
  public List<PublishedBlob> history(
      ContentType contentType, Duration span, int blobs, int eventsPerBlob) {
    Instant start = now().minus(span);
    List<PublishedBlob> published = new ArrayList<>(blobs);
    for (int i = 0; i < blobs; i++) {
      Instant created = start.plusMillis(span.toMillis() * i / blobs);
      published.add(blob(contentType).created(created).events(eventsPerBlob).add());
    }
    return published;
  }

  /**
   * Publishes blobs as time goes on, by a thread of the simulator.
   *
   * @param blobsPerSecond more than 0; may be less than 1
   * @return to be closed to stop it; closing the simulator stops it too
   */
  public LiveFeed live(ContentType contentType, double blobsPerSecond, int eventsPerBlob) {
    return liveFeeds.start(blobsPerSecond, () -> blob(contentType).events(eventsPerBlob).add());
  }

  /** All blobs published for a content type, in the order of their availability. */
  public List<PublishedBlob> blobs(ContentType contentType) {
    return shelf(contentType).all();
  }

  PublishedBlob publish(BlobDraft draft) {
    ContentType contentType = draft.contentType;
    Instant created =
        (draft.created == null ? now() : draft.created).truncatedTo(ChronoUnit.MILLIS);
    Instant visible =
        draft.visibleFrom == null ? created : draft.visibleFrom.truncatedTo(ChronoUnit.MILLIS);
    if (visible.isBefore(created)) {
      throw new IllegalArgumentException("a blob cannot be visible before it is created");
    }
    long number = world.nextBlobNumber();
    String contentId =
        draft.contentId == null ? contentId(contentType, created, number) : draft.contentId;
    BlobContent content =
        draft.content == null
            ? new BlobContent.Generated(
                world.events().poolFor(contentType),
                seed(contentType),
                eventNumbers(contentType).getAndAdd(draft.generated),
                draft.generated,
                created,
                id)
            : draft.content;
    PublishedBlob blob =
        new PublishedBlob(
            id,
            contentType,
            contentId,
            URI.create(world.baseUri() + "/api/v1.0/" + id + "/activity/feed/audit/" + contentId),
            created,
            draft.expires == null ? created.plus(BlobDraft.LIFE) : draft.expires,
            visible,
            content);
    if (draft.listed) {
      world.add(blob);
      shelf(contentType).put(blob, number);
    }
    if (draft.searchable) {
      auditStore.add(draft.searchableFrom == null ? visible : draft.searchableFrom, blob::records);
    }
    return blob;
  }

  /** In the shape of the newer ids: time and number twice, the source, the forest. */
  private static String contentId(ContentType contentType, Instant created, long number) {
    String digits = Long.toString(number);
    String stamp = ID_TIME.format(created) + "0".repeat(Math.max(0, 9 - digits.length())) + digits;
    String source = contentType.apiName().replace('.', '_');
    return stamp + "$" + stamp + "$" + source.toLowerCase(Locale.ROOT) + "$" + source + "$sim0001";
  }

  private long seed(ContentType contentType) {
    return world.seed()
        ^ id.getMostSignificantBits()
        ^ Long.rotateLeft(id.getLeastSignificantBits(), 7)
        ^ contentType.apiName().hashCode() * 0x9E3779B97F4A7C15L;
  }

  private AtomicLong eventNumbers(ContentType contentType) {
    AtomicLong numbers = eventNumbers.get(contentType);
    if (numbers == null) {
      throw new IllegalStateException("no numbers for " + contentType);
    }
    return numbers;
  }

  BlobShelf shelf(ContentType contentType) {
    BlobShelf shelf = shelves.get(contentType);
    if (shelf == null) {
      throw new IllegalStateException("no shelf for " + contentType);
    }
    return shelf;
  }

  Instant now() {
    return world.now();
  }

  boolean secretExpired() {
    return secretExpired;
  }

  List<X509Certificate> certificates() {
    return certificates;
  }

  boolean trustsFederated(String assertion) {
    return federated.contains(assertion);
  }

  Set<Permission> consent() {
    return consent;
  }

  boolean auditing() {
    return auditing;
  }

  Duration tokenLife() {
    return tokenLife;
  }

  /** Counts a request against the quota; the answer to give if it is too many. */
  Optional<Answer> throttling(Call call) {
    return throttling.refusal(call);
  }

  @Override
  public String toString() {
    return "tenant " + id;
  }
}
