package io.github.auditstream.connect.office365.exports;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;

/** Takes a row apart into its cells, as RFC 4180 has them and not otherwise. */
final class CsvCells {
  private static final String QUOTES = "is not CSV as RFC 4180 has it: its quotes do not match";

  private final CsvReader.CsvReaderBuilder reader;

  CsvCells(char separator) {
    this.reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(false)
            .allowUnclosedQuote(false);
  }

  /** The size is bounded before. */
  private static CsvRecordHandler anySize() {
    return CsvRecordHandler.builder()
        .maxRecordSize(Integer.MAX_VALUE)
        .maxFieldSize(Integer.MAX_VALUE)
        .build();
  }

  /** A row that has no cells. */
  static final class BrokenRowException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenRowException(String fault) {
      super(fault);
    }
  }

  /** The cells of a text that is one row. */
  List<String> of(String row) throws BrokenRowException {
    // Not its method for single records, which passes over what follows the first.
    try (CloseableIterator<CsvRecord> rows = reader.build(anySize(), row).iterator()) {
      List<String> cells = rows.next().getFields();
      if (!rows.hasNext()) {
        return cells;
      }
    } catch (CsvParseException | NoSuchElementException e) {
      // Its message can quote the text.
      throw new BrokenRowException(QUOTES);
    } catch (IOException e) {
      throw new UncheckedIOException("closing a text does not fail", e);
    }
    throw new BrokenRowException(QUOTES);
  }
}
