package io.github.auditstream.connect.office365.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.auditstream.connect.office365.http.BoundedInputStream;
import io.github.auditstream.connect.office365.model.ContentBlob;
import io.github.auditstream.connect.office365.model.ContentType;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a page of a content listing, in which each entry is independent: one that describes no
 * content blob is refused, with its text, and the others are read. The list as such is read whole
 * or not at all.
 */
final class ListingReader {
  /** An entry is less than a kilobyte; of a longer one no more than this is kept. */
  static final int LONGEST_ENTRY_BYTES = 64 * 1024;

  /** A page with more refused entries is no page. */
  static final int MOST_REFUSED = 1_000;

  private final ContentType type;
  private final URI root;
  private final List<ContentBlob> blobs = new ArrayList<>();
  private final List<RefusedEntry> refused = new ArrayList<>();

  private ListingReader(ContentType type, URI root) {
    this.type = type;
    this.root = root;
  }

  /**
   * Reads a page to the very end of the body. Where the next one is stands in the answer's headers.
   *
   * @param root the configured management endpoint
   * @throws IOException if the body breaks off
   * @throws MalformedAnswerException if it is no list
   */
  static ContentPage read(Body body, ContentType type, URI root)
      throws IOException, MalformedAnswerException {
    AnswerReader.expect(Body.Opening.ARRAY, body);
    ListingReader reader = new ListingReader(type, root);
    EntrySplitter splitter = new EntrySplitter(AnswerReader.bounded(body), LONGEST_ENTRY_BYTES);
    try {
      for (int index = 0; splitter.next(); index++) {
        if (index == AnswerReader.MOST_ENTRIES) {
          throw AnswerReader.tooMany();
        }
        reader.add(index, splitter.text(), splitter.textBytes());
      }
    } catch (BoundedInputStream.TooLongException e) {
      throw AnswerReader.tooLong();
    }
    return new ContentPage(reader.blobs, reader.refused, Optional.empty());
  }

  private void add(int index, byte[] text, long textBytes) throws MalformedAnswerException {
    Map<String, String> properties = Map.of();
    try {
      if (textBytes > text.length) {
        throw new MalformedAnswerException("is longer than " + LONGEST_ENTRY_BYTES + " bytes");
      }
      properties = properties(text);
      blobs.add(Descriptors.blob(type, root, properties));
    } catch (MalformedAnswerException e) {
      if (refused.size() >= MOST_REFUSED) {
        throw new MalformedAnswerException(
            "more than "
                + MOST_REFUSED
                + " entries of the list describe no content blob"
                + AnswerReader.RETRIED);
      }
      refused.add(
          Descriptors.refused(
              index,
              "entry " + index + " of the list " + e.reason(),
              root,
              properties,
              text,
              textBytes));
    }
  }

  private static Map<String, String> properties(byte[] text) throws MalformedAnswerException {
    try (JsonParser parser = Json.FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedAnswerException("is not an object");
      }
      Map<String, String> properties = AnswerReader.properties(parser);
      if (parser.nextToken() != null) {
        throw new MalformedAnswerException("is not JSON");
      }
      return properties;
    } catch (IOException e) {
      // The parser's message quotes the text.
      throw new MalformedAnswerException("is not JSON");
    }
  }
}
