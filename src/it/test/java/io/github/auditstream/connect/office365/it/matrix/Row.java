package io.github.auditstream.connect.office365.it.matrix;

/**
 * One fault and what must come of it.
 *
 * @param name as {@code docs/faults.md} names it
 */
public record Row(String name, Script script) {
  /** What happens in a row, up to where everything works again. */
  @FunctionalInterface
  public interface Script {
    void run(Scene scene) throws Exception;
  }

  @Override
  public String toString() {
    return name;
  }
}
