package io.github.auditstream.connect.office365.exports;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that are larger than the memory there is, and prints what it found. */
final class ExportMemoryMain {
  private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  private ExportMemoryMain() {}

  /** Arguments: how many MiB the files have. */
  public static void main(String[] args) throws Exception {
    long size = Long.parseLong(args[0]) << 20;
    Path file = Files.createTempFile("large", ".export");
    try {
      writeCsv(file, size, StandardCharsets.UTF_8);
      read("CSV", file);
      writeCsv(file, size, StandardCharsets.UTF_16LE);
      read("UTF-16", file);
      writeJson(file, size);
      read("JSON", file);
      writeOpenQuote(file, size);
      read("OPEN", file);
    } finally {
      Files.delete(file);
    }
  }

  private static String event(long number) {
    return Exports.event("e" + number).replace("a, ", "a".repeat(1_500));
  }

  private static void writeCsv(Path file, long size, Charset charset) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file, charset)) {
      writer.write("\ufeff" + Exports.HEADER + "\r\n");
      long written = 0;
      for (long number = 0; written < size; number++) {
        String row = Exports.portalRow("e" + number, event(number)) + "\r\n";
        writer.write(row);
        written += row.length();
      }
    }
  }

  private static void writeJson(Path file, long size) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("[");
      long written = 0;
      for (long number = 0; written < size; number++) {
        String value = (number == 0 ? "" : ",") + event(number);
        writer.write(value);
        written += value.length();
      }
      writer.write("]");
    }
  }

  /** One quote, and no other in all that follows. */
  private static void writeOpenQuote(Path file, long size) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("AuditData\n\"{\n");
      String filling = "x".repeat(1_000) + "\n";
      for (long written = 0; written < size; written += filling.length()) {
        writer.write(filling);
      }
    }
  }

  private static void read(String name, Path file) throws Exception {
    long events = 0;
    long refused = 0;
    long textBytes = 0;
    try (ExportFile export = ExportFile.open(file, 4 << 20)) {
      for (ExportRow row = export.next(); row != null; row = export.next()) {
        if (row instanceof ExportRow.Refused no) {
          refused++;
          textBytes += no.textBytes();
        } else {
          events++;
        }
      }
    }
    OUT.printf(
        "%s: %d bytes, %d events, %d refused with %d bytes%n",
        name, Files.size(file), events, refused, textBytes);
  }
}
