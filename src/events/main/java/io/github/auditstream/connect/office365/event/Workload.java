package io.github.auditstream.connect.office365.event;

/**
 * A route for events: a workload that Microsoft names, or one of the connector's own two, {@link
 * Workloads#GENERAL} and {@link Workloads#DLP}.
 *
 * @param name as Microsoft writes it, which is also the name of the record schema
 * @param topicSuffix what follows the topic prefix, and the name of the schema's file
 */
public record Workload(String name, String topicSuffix) {}
