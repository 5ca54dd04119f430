package io.github.auditstream.connect.office365.transforms;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lists of fields that come with {@link MaskFields}; their names in lower case are the keys'. */
enum MaskPreset {
  /**
   * What DLP found, and the text around it. A detection has the value itself as its Name, its
   * surroundings as its Value.
   */
  DLP("**.SensitiveInformationDetections **.DetectedValues ExchangeMetaData.Subject"),

  /** Where people came from. */
  ADDRESSES(
      """
      ClientIP ClientIPAddress ActorIpAddress ActorIP UserIp SenderIp
      **.ClientIPAddress **.SenderIP Data.sip Data.Entities.Address
      """),

  /** Who did it, and whom it was done to or sent to. Names in free text are not among them. */
  USERS(
      """
      UserId UserKey UserSharedWith ModifiedObjectResolvedName ReleaseTo MemberIds
      TargetUserOrGroupName SensitivityLabelOwnerEmail AgreementSender Actor.ID Target.ID

      MailboxOwnerUPN MailboxOwnerSid MailboxOwnerMasterAccountSid LogonUserSid LogonUserDisplayName
      DestMailboxOwnerUPN DestMailboxOwnerSid DestMailboxOwnerMasterAccountSid SendAsUserSmtp
      SendOnBehalfOfUserSmtp **.MemberUpn **.MemberSid MbxLoginLocalQueueADLookupInfo.Smtp

      recipientList Sender Recipient Recipients Receivers P1Sender P2Sender
      ExchangeDetails.From ExchangeDetails.Recipients
      ExchangeMetaData.From ExchangeMetaData.To ExchangeMetaData.CC ExchangeMetaData.BCC

      SharePointMetaData.From SharePointMetaData.FileOwner SharePointMetaData.DocumentLastModifier
      SharePointMetaData.DocumentSharer DocumentMetaData.FileOwner DocumentMetaData.FileOwnerEmail
      DocumentMetaData.DocumentLastModifier

      Members.UPN Members.DisplayName AlertEntityId Item.Recipients
      MembershipInformation.MemberEmail SharingInformation.RecipientEmail
      SharingInformation.RecipientName ProtectionEventData.ProtectionOwner

      ContactEmail1EmailAddress ContactEmail1DisplayName
      ContactEmail2EmailAddress ContactEmail2DisplayName
      ContactEmail3EmailAddress ContactEmail3DisplayName

      Invitee ActorUserId ActorYammerUserId TargetUserId TargetYammerUserId

      Data.f3u Data.suid Data.trc Data.tsd Data.eid Data.Entities.Recipient Data.Entities.Sender
      Data.Entities.P1Sender Data.Entities.P2Sender Data.Entities.P2SenderDisplayName
      Data.Entities.MailboxPrimaryAddress Data.Entities.Upn Data.Entities.SourceEntityId
      """);

  private final String paths;

  /**
   * @param paths with white space between them
   */
  MaskPreset(String paths) {
    this.paths = paths;
  }

  List<String> paths() {
    return List.of(paths.strip().split("\\s+", -1));
  }

  static List<String> names() {
    return Arrays.stream(values()).map(preset -> preset.name().toLowerCase(Locale.ROOT)).toList();
  }
}
