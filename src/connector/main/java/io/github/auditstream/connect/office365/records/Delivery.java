package io.github.auditstream.connect.office365.records;

/** Is told what has become of a record that Kafka Connect was given. For any thread. */
public interface Delivery {

  /**
   * Connect is done with the record.
   *
   * @param written whether it is in Kafka; else it was dropped
   */
  void confirmed(boolean written);
}
