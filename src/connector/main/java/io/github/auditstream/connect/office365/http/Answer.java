package io.github.auditstream.connect.office365.http;

import java.net.http.HttpHeaders;

/**
 * What the server answered. Whoever holds it reads the body to its end or closes it.
 *
 * @param status the HTTP status
 * @param headers looked up without regard to case
 * @param body decoded, while it arrives
 */
public record Answer(int status, HttpHeaders headers, Body body) {}
