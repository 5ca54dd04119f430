package io.github.auditstream.connect.office365.event;

import java.util.Set;

/**
 * The record types whose events the Management Activity API delivers as content of the type {@code
 * DLP.All}, for events that come another way and do not say so.
 *
 * <p>The reference says no more than that {@code DLP.All} has the "DLP events only for all
 * workloads". Real events show it of 11 and 13; the others are taken from the schema's section on
 * DLP and the names in its table of record types, as results of a DLP rule, scan or classification,
 * and nobody has published what content type they come as. Known to be otherwise: activity on
 * devices ({@code DLPEndpoint}, 63), which that section names too, comes as {@code Audit.General}
 * with the workload {@code Endpoint}, whether or not a rule matched. The administration of DLP
 * policies ({@code PowerPlatformAdminDlp}, 187, and the cmdlets, 18) is no DLP event either.
 *
 * @see <a
 *     href="https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-reference#working-with-the-office-365-management-activity-api">
 *     Content types</a>
 * @see <a
 *     href="https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema#dlp-schema">
 *     DLP schema</a>
 */
public final class DlpRecordTypes {

  private static final int SHARE_POINT = 11;
  private static final int EXCHANGE = 13;
  private static final int SHARE_POINT_CLASSIFICATION = 33;
  private static final int FILE_SHARE_SCANNER = 99;
  private static final int SHARE_POINT_SCANNER = 100;
  private static final int EXCHANGE_CLASSIFICATION = 107;

  private static final Set<Integer> ALL =
      Set.of(
          SHARE_POINT,
          EXCHANGE,
          SHARE_POINT_CLASSIFICATION,
          FILE_SHARE_SCANNER,
          SHARE_POINT_SCANNER,
          EXCHANGE_CLASSIFICATION);

  private DlpRecordTypes() {}

  /**
   * Whether events of a record type are DLP events.
   *
   * @param recordType an event's {@code RecordType}
   */
  public static boolean contains(int recordType) {
    return ALL.contains(recordType);
  }
}
