package io.github.auditstream.connect.office365.graph;

import java.util.Locale;

/** What records call the event, and what stands around it. */
enum RecordForm {
  /** Graph's, which is exact. */
  GRAPH {
    @Override
    String property(String name) {
      return name;
    }
  },

  /** That of exports, which PowerShell's and Graph's records come in. */
  EXPORTED {
    @Override
    String property(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "auditdata" -> DATA;
        case "id", "identity", "recordid" -> ID;
        case "createddatetime", "creationdate" -> TIME;
        case "operation", "operations" -> OPERATION;
        default -> name;
      };
    }
  };

  static final String DATA = "auditData";
  static final String ID = "id";
  static final String TIME = "createdDateTime";
  static final String OPERATION = "operation";
  static final String TYPE = "auditLogRecordType";

  /** Graph's name for it. */
  abstract String property(String name);
}
