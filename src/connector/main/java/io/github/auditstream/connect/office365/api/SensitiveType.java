package io.github.auditstream.connect.office365.api;

/**
 * The readable name of a sensitive information type, as {@code GET /resources/dlpSensitiveTypes}
 * answers it.
 *
 * @param id what {@code SensitiveInformation.SensitiveType} holds in a DLP event; a GUID
 * @param name in the language asked for; empty text where the API gave none
 */
public record SensitiveType(String id, String name) {}
