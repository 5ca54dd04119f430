package io.github.auditstream.connect.office365.config;

/**
 * Names of the topics.
 *
 * @param prefix what the workload topics start with; the topic of a workload is {@code
 *     <prefix>.<workload>}
 * @param receipts the receipts' topic
 * @param status the status records' topic
 * @param deadLetter the dead letters' topic
 */
public record TopicSettings(String prefix, String receipts, String status, String deadLetter) {

  /**
   * The topic of a workload's events.
   *
   * @param suffix the workload's own part of the name
   */
  public String ofWorkload(String suffix) {
    return prefix + "." + suffix;
  }
}
