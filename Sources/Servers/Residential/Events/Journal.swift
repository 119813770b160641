import GeneratedResidential
import LibCrypto
import Postgres
import Storage

/// What an entry of the journal says of a command.
enum JournalResult: String, Sendable, CaseIterable {
  case granted = "GRANTED"
  case denied = "DENIED"
  case failed = "FAILED"

  /// The result that a state means; nil for states on the way.
  init?(_ state: CommandState) {
    switch state {
    case .executed: self = .granted
    case .denied: self = .denied
    case .failed, .timedOut: self = .failed
    case .created, .authorized, .sent, .acknowledged, .expired, .cancelled: return nil
    }
  }

  var message: Artel_Residential_V1_AccessEvent.Result {
    switch self {
    case .granted: .granted
    case .denied: .denied
    case .failed: .failed
    }
  }
}

/// Writes the journal of who opened what, and who was refused.
enum Journal {
  /// Adds an entry about a command, in the transaction that changes it.
  static func write(
    _ command: CommandRecord, _ result: JournalResult, in change: TenantChange
  ) async throws {
    let id = UUIDv7.make()
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.access_event (tenant_id, access_event_id, property_id, access_point_id,
          unit_id, subject, method, result, command_id, occur_time)
        VALUES ($1, $2, $3, $4, $5, $6, 'APP', $7, $8, coalesce($9, now()))
        """,
        .uuid(change.tenantID), .uuid(id), .text(command.accessPoint.property),
        .text(command.accessPoint.point), .text(command.unit), .text(command.subject),
        .text(result.rawValue), .uuid(command.id), .timestamp(command.executedTime)))
    try await change.record(
      resource: ResourceName.accessEvent(id), change: "created \(result.rawValue)",
      event: "residential.access_event.created",
      payload: [
        "access_point": command.accessPoint.text, "unit": ResourceName.unit(command.unit),
        "command": command.name, "result": result.rawValue,
      ])
  }
}
