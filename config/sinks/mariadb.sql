-- Tables for config/sinks/sql.json in MariaDB 10.5 or later: one for each topic of events, named as the topic with an
-- underscore for the dot. Run it once in the database of the sink, before the sink starts:
--   mariadb office365 < mariadb.sql
-- Topics with another prefix than office365: replace office365_ throughout. Running it again changes nothing.

CREATE TABLE IF NOT EXISTS office365_general (
  Tenant            CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  -- Microsoft repeats events under the same Id; the key makes one row of them.
  Id                VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- The record's timestamp: CreationTime, UTC, or where that is unusable the time of the content blob.
  EventTime         DATETIME(3) NOT NULL,
  RecordType        INT,
  Operation         MEDIUMTEXT,
  Workload          MEDIUMTEXT,
  ResultStatus      MEDIUMTEXT,
  UserId            MEDIUMTEXT,
  UserKey           MEDIUMTEXT,
  UserType          INT,
  ClientIP          MEDIUMTEXT,
  ClientIPAddress   MEDIUMTEXT,
  ActorIpAddress    MEDIUMTEXT,
  ObjectId          MEDIUMTEXT,
  SiteUrl           MEDIUMTEXT,
  SourceRelativeUrl MEDIUMTEXT,
  SourceFileName    MEDIUMTEXT,
  ItemType          MEDIUMTEXT,
  UserAgent         MEDIUMTEXT,
  CreationTime      MEDIUMTEXT,
  -- Where the event came from: the content blob, and the event's place in it.
  ContentType       VARCHAR(64),
  ContentId         VARCHAR(512),
  ContentCreated    VARCHAR(64),
  ContentIndex      BIGINT,
  -- The event's JSON, whole. No CHECK (JSON_VALID(...)): MariaDB refuses what is nested more than 32 deep.
  Original          LONGTEXT NOT NULL,

  -- The three properties that name an address write it as 203.0.113.24, 203.0.113.24:443, [2001:db8::1]:443,
  -- ::ffff:203.0.113.24 and 2001:db8::1.
  AddressAsWritten  VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci AS (LEFT(COALESCE(
    NULLIF(NULLIF(NULLIF(ClientIPAddress, ''), 'null'), '<null>'),
    NULLIF(NULLIF(NULLIF(ClientIP, ''), 'null'), '<null>'),
    NULLIF(NULLIF(NULLIF(ActorIpAddress, ''), 'null'), '<null>')), 255)) VIRTUAL,
  Address           VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci AS (CASE
    WHEN AddressAsWritten LIKE '[%' THEN SUBSTRING_INDEX(SUBSTRING(AddressAsWritten, 2), ']', 1)
    WHEN AddressAsWritten LIKE '::ffff:%.%.%.%' THEN SUBSTRING(AddressAsWritten, 8)
    WHEN AddressAsWritten LIKE '%.%.%.%:%' THEN SUBSTRING_INDEX(AddressAsWritten, ':', 1)
    ELSE AddressAsWritten END) PERSISTENT,

  PRIMARY KEY (Tenant, Id),
  KEY by_time (EventTime),
  KEY by_user (UserId(255), EventTime),
  KEY by_address (Address, EventTime),
  KEY by_document (ObjectId(500), EventTime)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS office365_aip LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_airinvestigation LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_azureactivedirectory LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_copilot LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_crm LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_endpoint LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_exchange LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_kaizala LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_microsoftflow LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_microsoftforms LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_microsoftstream LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_microsoftteams LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_microsofttodo LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_onedrive LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_planner LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_powerapps LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_powerbi LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_project LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_quarantine LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_securitycompliancecenter LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_sharepoint LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_skypeforbusiness LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_teamsevaldatahub LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_threatintelligence LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_yammer LIKE office365_general;
CREATE TABLE IF NOT EXISTS office365_dlp LIKE office365_general;

-- Every event but those of DLP.All, which other people may read: grant the view and that table apart.
CREATE OR REPLACE VIEW office365_events AS
SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_aip
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_airinvestigation
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_azureactivedirectory
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_copilot
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_crm
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_endpoint
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_exchange
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_kaizala
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_microsoftflow
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_microsoftforms
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_microsoftstream
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_microsoftteams
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_microsofttodo
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_onedrive
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_planner
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_powerapps
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_powerbi
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_project
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_quarantine
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_securitycompliancecenter
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_sharepoint
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_skypeforbusiness
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_teamsevaldatahub
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_threatintelligence
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_yammer
UNION ALL SELECT Tenant, Id, EventTime, RecordType, Operation, Workload, ResultStatus, UserId, Address, ObjectId, Original FROM office365_general;
