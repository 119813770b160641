import GeneratedAudit
import Pipeline
import Postgres
import Storage
import SwiftProtobuf

extension AuditService {
  /// What has to be among a credential's scopes for people to be named. The contract says it of
  /// `origin_salt`; of fields that name clients and jobs as well, the handler holds to it.
  static let personalScope = "audit.personal:read"

  /// Whether a caller is told which people did what, and from where.
  static func opens(to caller: Caller) -> Bool {
    caller.principal.scopes.contains(personalScope)
  }

  /// Entries of rows as a caller sees them: the place in the log, and the entry itself.
  func entries(
    _ rows: [PostgresRow], to caller: Caller
  ) async throws -> [Artel_Audit_V1_AuditEntry] {
    let stored = try rows.map { try AuditEntry($0, at: 1) }
    let shown: [(entry: AuditEntry, salt: [UInt8])] =
      Self.opens(to: caller)
      ? try await database.vault.shown(stored)
      : stored.map { (entry: $0.withoutPerson, salt: []) }
    return try zip(rows, shown).map { row, shown in
      try Self.entry(shown.entry, salt: shown.salt, at: try row.optionalInt(0))
    }
  }

  private static func entry(
    _ entry: AuditEntry, salt: [UInt8], at index: Int?
  ) throws -> Artel_Audit_V1_AuditEntry {
    let call = entry.call
    return try .with {
      $0.name = "auditEntries/\(entry.id)"
      $0.actor = entry.actor
      $0.action = entry.action
      $0.resource = entry.resource
      $0.change = entry.change
      if let time = entry.createTime { $0.createTime = Self.time(time) }
      $0.kind = Self.kind(entry.kind)
      $0.call = call.id
      $0.principalKind = call.principalKind
      $0.client = call.client
      $0.certificate = call.certificate
      $0.address = call.address
      $0.door = call.door
      $0.code = call.code
      $0.reason = call.reason
      if let time = call.startTime { $0.startTime = Self.time(time) }
      $0.latency = Google_Protobuf_Duration(
        seconds: Int64(call.latency / 1_000_000), nanos: Int32(call.latency % 1_000_000) * 1000)
      $0.requestCount = Int64(call.requestCount)
      $0.responseCount = Int64(call.responseCount)
      $0.requestHash = .init(call.requestDigest)
      $0.responseHash = .init(call.responseDigest)
      $0.requestBody = call.requestBody
      $0.responseBody = call.responseBody
      $0.trace = call.trace
      $0.personalHash = .init(entry.personalDigest)
      $0.originHash = .init(entry.originDigest)
      $0.originSalt = .init(salt)
      $0.actorIndex = .init(entry.actorIndex)
      if let index { $0.leafIndex = Int64(index) }
    }
  }

  static func platformEntry(_ row: PostgresRow) throws -> Artel_Audit_V1_PlatformAuditEntry {
    try .with {
      $0.name = "platformAuditEntries/\(try row.uuid(0))"
      $0.action = try row.text(1)
      $0.door = try row.text(2)
      $0.network = try row.text(3)
      $0.code = try row.text(4)
      $0.reason = try row.text(5)
      $0.count = Int64(try row.int(6))
      $0.startTime = Self.time(try row.timestamp(7))
      $0.createTime = Self.time(try row.timestamp(8))
    }
  }

  static func time(_ time: Timestamp) -> Google_Protobuf_Timestamp {
    Google_Protobuf_Timestamp(seconds: time.seconds, nanos: time.nanoseconds)
  }

  private static func kind(_ kind: AuditEntry.Kind) -> Artel_Audit_V1_AuditEntry.Kind {
    switch kind {
    case .change: .change
    case .call: .call
    case .loss: .loss
    case .beginning: .beginning
    case .refusals: .refusals
    }
  }
}

extension AuditEntry {
  /// As it is where people are not named: what is sealed for one is not here anyway, and what was
  /// written in clear of one is taken out.
  fileprivate var withoutPerson: AuditEntry {
    guard ["USER", "ADMINISTRATOR"].contains(call.principalKind) else { return self }
    var entry = self
    entry.actor = ""
    entry.call.address = ""
    return entry
  }
}
