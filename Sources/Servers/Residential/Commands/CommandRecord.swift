import GeneratedResidential
import Postgres
import SwiftProtobuf

/// A command as it is stored.
struct CommandRecord: Sendable, Hashable {
  let id: String
  let requestID: String
  let accessPoint: AccessPointName
  let unit: String
  let subject: String
  let state: CommandState
  let allowed: Bool
  let reasons: [String]
  let deadline: Timestamp?
  let createTime: Timestamp
  let sentTime: Timestamp?
  let ackTime: Timestamp?
  let executedTime: Timestamp?
  let failureCode: String?
  let partnerCode: String?
  let partnerID: String?

  /// Reads the columns `command_id, request_id, property_id, access_point_id, unit_id, subject,
  /// state, allowed, reasons, deadline, create_time, sent_time, ack_time, executed_time,
  /// failure_code, partner_code, partner_id`, in this order.
  init(_ row: PostgresRow) throws {
    let name = try row.text(6)
    guard let state = CommandState(rawValue: name) else {
      throw PostgresError(code: .decoding, diagnostic: "the state of a command is not known")
    }
    id = try row.uuid(0)
    requestID = try row.uuid(1)
    accessPoint = AccessPointName(property: try row.text(2), point: try row.text(3))
    unit = try row.text(4)
    subject = try row.text(5)
    self.state = state
    allowed = try row.bool(7)
    reasons = try row.textArray(8)
    deadline = try row.optionalTimestamp(9)
    createTime = try row.timestamp(10)
    sentTime = try row.optionalTimestamp(11)
    ackTime = try row.optionalTimestamp(12)
    executedTime = try row.optionalTimestamp(13)
    failureCode = try row.optionalText(14)
    partnerCode = try row.optionalText(15)
    partnerID = try row.optionalText(16)
  }

  var name: String { ResourceName.command(id) }

  /// The contract's message, with the person as the viewer may see it.
  func message(requestedBy: String) -> Artel_Residential_V1_Command {
    .with {
      $0.name = name
      $0.accessPoint = accessPoint.text
      $0.unit = ResourceName.unit(unit)
      $0.requestedBy = requestedBy
      $0.requestID = requestID
      $0.state = state.message
      $0.decision = .with {
        $0.allowed = allowed
        $0.reasons = reasons
      }
      if let deadline { $0.deadline = Google_Protobuf_Timestamp(deadline) }
      $0.createTime = Google_Protobuf_Timestamp(createTime)
      if let sentTime { $0.sentTime = Google_Protobuf_Timestamp(sentTime) }
      if let ackTime { $0.ackTime = Google_Protobuf_Timestamp(ackTime) }
      if let executedTime { $0.executedTime = Google_Protobuf_Timestamp(executedTime) }
      if let failureCode {
        $0.failure = .with {
          $0.code = failureCode
          $0.partnerCode = partnerCode ?? ""
        }
      }
    }
  }

  /// What the partner learns of a command: nothing of who lives where (A10).
  var partnerMessage: Artel_Residential_V1_Command {
    var message = message(requestedBy: "")
    message.unit = ""
    message.requestID = ""
    message.clearDecision()
    return message
  }
}
