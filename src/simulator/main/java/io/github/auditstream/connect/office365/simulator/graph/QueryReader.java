package io.github.auditstream.connect.office365.simulator.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.auditstream.connect.office365.event.RecordTypeNames;
import io.github.auditstream.connect.office365.event.RecordTypeNames.RecordType;
import io.github.auditstream.connect.office365.simulator.graph.WrongQueryException.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the body of a request that creates a query. For one request. */
public final class QueryReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TYPE = "#microsoft.graph.security.auditLogQuery";
  private static final Set<String> PROPERTIES =
      Set.of(
          ODataWriter.TYPE,
          "displayName",
          "filterStartDateTime",
          "filterEndDateTime",
          "recordTypeFilters",
          "keywordFilter",
          "serviceFilter",
          "serviceFilters",
          "operationFilters",
          "userPrincipalNameFilters",
          "ipAddressFilters",
          "objectIdFilters",
          "administrativeUnitIdFilters");

  private final JsonNode body;
  private final boolean beta;
  private final List<String> notes = new ArrayList<>();

  private QueryReader(JsonNode body, boolean beta) {
    this.body = body;
    this.beta = beta;
  }

  /**
   * Reads a body.
   *
   * @param beta whether record types are taken that the reference does not list
   * @throws WrongQueryException if no query is made of it
   */
  public static QueryRequest read(String body, boolean beta) throws WrongQueryException {
    JsonNode json;
    try {
      json = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new WrongQueryException(Kind.BODY, "The body is not JSON.");
    }
    if (!json.isObject()) {
      throw new WrongQueryException(Kind.BODY, "The body is not a JSON object.");
    }
    return new QueryReader(json, beta).request();
  }

  private QueryRequest request() throws WrongQueryException {
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!PROPERTIES.contains(name)) {
        throw new WrongQueryException(
            Kind.BODY, "The property '" + name + "' cannot be set on a query.");
      }
    }
    if (!body.path(ODataWriter.TYPE).asText(TYPE).equals(TYPE)) {
      throw new WrongQueryException(Kind.BODY, "The body's @odata.type is not " + TYPE + ".");
    }
    Optional<Instant> start = time("filterStartDateTime");
    Optional<Instant> end = time("filterEndDateTime");
    if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
      throw new WrongQueryException(Kind.RANGE, "The range ends before it begins.");
    }
    List<String> types = recordTypes();
    List<String> services = services();
    checkServices(types, services);
    return new QueryRequest(
        text("displayName"),
        start,
        end,
        types,
        services,
        texts("operationFilters"),
        texts("userPrincipalNameFilters"),
        texts("ipAddressFilters"),
        texts("objectIdFilters"),
        texts("administrativeUnitIdFilters"),
        text("keywordFilter"),
        List.copyOf(notes));
  }

  private Optional<Instant> time(String property) throws WrongQueryException {
    String text = text(property);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (text.matches(".*T[^+-]*[^Z+-]")) {
        notes.add(property + " without a time zone");
        return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
      }
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new WrongQueryException(Kind.TIME, property + " is not a time.");
    }
  }

  private List<String> recordTypes() throws WrongQueryException {
    List<String> names = new ArrayList<>();
    for (String name : texts("recordTypeFilters")) {
      Optional<RecordType> type = RecordTypeNames.find(name);
      if (type.filter(known -> beta || known.isInGraph()).isEmpty()) {
        throw new WrongQueryException(
            Kind.RECORD_TYPE, "recordTypeFilters has the unknown value '" + name + "'.");
      }
      if (!name.isEmpty() && Character.isUpperCase(name.charAt(0))) {
        notes.add("recordTypeFilters in Pascal case");
      }
      names.add(type.orElseThrow().name());
    }
    return names;
  }

  /** The two pages of the reference name the property differently, so both are taken. */
  private List<String> services() throws WrongQueryException {
    List<String> services = new ArrayList<>(texts("serviceFilters"));
    String one = text("serviceFilter");
    if (!one.isEmpty()) {
      services.add(one);
    }
    if (!services.isEmpty()) {
      notes.add("a service filter, whose name and effect are documented in two ways");
    }
    return services;
  }

  private static void checkServices(List<String> types, List<String> services)
      throws WrongQueryException {
    for (String type : services.isEmpty() ? List.<String>of() : types) {
      String workload = RecordTypeNames.find(type).orElseThrow().workload();
      if (!workload.isEmpty() && services.stream().noneMatch(workload::equalsIgnoreCase)) {
        throw new WrongQueryException(
            Kind.RECORD_TYPE, "The record type " + type + " is not of the services " + services);
      }
    }
  }

  private String text(String property) throws WrongQueryException {
    JsonNode value = body.path(property);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw new WrongQueryException(Kind.BODY, property + " is not a text.");
    }
    return value.asText();
  }

  private List<String> texts(String property) throws WrongQueryException {
    JsonNode value = body.path(property);
    if (value.isMissingNode()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw new WrongQueryException(Kind.BODY, property + " has an element that is not a text.");
      }
      texts.add(element.asText());
    }
    if (!value.isArray()) {
      throw new WrongQueryException(Kind.BODY, property + " is not a list.");
    }
    return texts;
  }
}
