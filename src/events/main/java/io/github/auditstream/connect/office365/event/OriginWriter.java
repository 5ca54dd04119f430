package io.github.auditstream.connect.office365.event;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Writes the {@code ContentBlob} of an event. */
final class OriginWriter {

  private final Schema schema;
  private final Field store;
  private final Field tenant;
  private final Field contentType;
  private final Field contentId;
  private final Field contentCreated;
  private final Field index;

  OriginWriter(Field contentBlob) {
    this.schema = contentBlob.schema();
    this.store = RecordReader.nameless(contentBlob);
    this.tenant = RecordReader.nameless(schema.field("Tenant"));
    this.contentType = RecordReader.nameless(schema.field("ContentType"));
    this.contentId = RecordReader.nameless(schema.field("ContentId"));
    this.contentCreated = RecordReader.nameless(schema.field("ContentCreated"));
    this.index = RecordReader.nameless(schema.field("Index"));
  }

  void put(Struct event, BlobOrigin origin, String created, long place) {
    Struct blob = new Struct(schema);
    event.put(store, blob);
    blob.put(tenant, origin.tenant())
        .put(contentType, origin.contentType())
        .put(contentId, origin.contentId())
        .put(contentCreated, created)
        .put(index, place);
  }
}
