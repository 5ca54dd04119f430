package io.github.auditstream.connect.office365.simulator;

/** The requests that the simulator distinguishes. */
public enum Operation {
  /** {@code POST /{tenant}/oauth2/v2.0/token}, or its v1 form. */
  TOKEN,
  /** {@code GET /subscriptions/list}. */
  LIST_SUBSCRIPTIONS,
  /** {@code POST /subscriptions/start}. */
  START_SUBSCRIPTION,
  /** {@code POST /subscriptions/stop}. */
  STOP_SUBSCRIPTION,
  /** {@code GET /subscriptions/content}, first page. */
  LIST_CONTENT,
  /** {@code GET /subscriptions/content} with {@code nextPage}. */
  NEXT_PAGE,
  /** {@code GET /audit/{contentId}}. */
  RETRIEVE_BLOB,
  /** {@code GET /subscriptions/notifications}. */
  LIST_NOTIFICATIONS,
  /** {@code GET /resources/dlpSensitiveTypes}. */
  DLP_SENSITIVE_TYPES,
  /** {@code POST /security/auditLog/queries} of Microsoft Graph. */
  CREATE_QUERY,
  /** {@code GET /security/auditLog/queries}, any page. */
  LIST_QUERIES,
  /** {@code GET /security/auditLog/queries/{id}}. */
  GET_QUERY,
  /** {@code DELETE /security/auditLog/queries/{id}}. */
  DELETE_QUERY,
  /** {@code GET /security/auditLog/queries/{id}/records}, first page. */
  LIST_RECORDS,
  /** {@code GET /security/auditLog/queries/{id}/records} with a {@code $skiptoken}. */
  NEXT_RECORDS,
  /** Anything else. */
  OTHER
}
