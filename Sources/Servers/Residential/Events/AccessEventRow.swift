import GeneratedResidential
import Postgres
import SwiftProtobuf

/// An entry of the journal as it is stored.
struct AccessEventRow: Sendable {
  let id: String
  let accessPoint: AccessPointName
  let unit: String
  let subject: String
  let result: JournalResult
  let commandID: String
  let occurTime: Timestamp

  /// Reads the columns `access_event_id, property_id, access_point_id, unit_id, subject, result,
  /// command_id, occur_time`, beginning with `first`.
  init(_ row: PostgresRow, from first: Int = 0) throws {
    guard let result = JournalResult(rawValue: try row.text(first + 5)) else {
      throw PostgresError(code: .decoding, diagnostic: "the result of an event is not known")
    }
    id = try row.uuid(first)
    accessPoint = AccessPointName(
      property: try row.text(first + 1), point: try row.text(first + 2))
    unit = try row.text(first + 3)
    subject = try row.text(first + 4)
    self.result = result
    commandID = try row.uuid(first + 6)
    occurTime = try row.timestamp(first + 7)
  }

  func message(
    _ viewer: Viewer, isOwner: Bool, resumeToken: String
  ) -> Artel_Residential_V1_AccessEvent {
    .with {
      $0.name = ResourceName.accessEvent(id)
      $0.accessPoint = accessPoint.text
      $0.unit = ResourceName.unit(unit)
      $0.subject = viewer.shown(subject, isOwner: isOwner)
      $0.method = .app
      $0.result = result.message
      $0.command = ResourceName.command(commandID)
      $0.occurTime = Google_Protobuf_Timestamp(occurTime)
      $0.resumeToken = resumeToken
    }
  }
}
