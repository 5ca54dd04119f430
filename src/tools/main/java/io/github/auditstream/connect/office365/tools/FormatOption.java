package io.github.auditstream.connect.office365.tools;

import picocli.CommandLine.Option;

/** The option that says how a result is printed. */
final class FormatOption {
  @Option(names = "--format", paramLabel = "FORMAT", description = "table (default), csv or json")
  private Result.Format format = Result.Format.TABLE;

  void print(Result result, Program program) {
    result.print(format, program);
  }
}
