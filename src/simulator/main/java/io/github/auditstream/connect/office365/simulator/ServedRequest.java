package io.github.auditstream.connect.office365.simulator;

import java.util.List;

/**
 * A request and how it ended.
 *
 * @param call what was asked
 * @param status the HTTP status that was sent; 0 where the connection was ended before
 * @param code the {@code AF} or {@code AADSTS} code; empty text where there was none
 * @param faults the labels of the faults that it met
 */
public record ServedRequest(Call call, int status, String code, List<String> faults) {

  public Operation operation() {
    return call.operation();
  }

  /** Status and code, for example {@code 200}, {@code 403 AF429} or {@code 0} for no answer. */
  public String outcome() {
    return code.isEmpty() ? Integer.toString(status) : status + " " + code;
  }
}
