import GeneratedOperations
import Postgres
import SwiftProtobuf

/// A group as it is stored.
struct ClientErrorGroupRow {
  let fingerprint: String
  let lastSeenTime: Timestamp
  let message: Artel_Operations_V1_ClientErrorGroup

  /// Reads `fingerprint, app, anonymous, kind, severity, title, culprit, screen, count,
  /// first_seen_time, last_seen_time, versions, platforms, state, resolved_version, trace_id`.
  init(_ row: PostgresRow) throws {
    let fingerprint = try row.text(0)
    let lastSeen = try row.timestamp(10)
    self.fingerprint = fingerprint
    lastSeenTime = lastSeen
    message = try .with {
      $0.name = "clientErrorGroups/\(fingerprint)"
      $0.app = try row.text(1)
      $0.anonymous = try row.bool(2)
      $0.kind = .init(rawValue: try row.int(3)) ?? .unspecified
      $0.severity = .init(rawValue: try row.int(4)) ?? .unspecified
      $0.title = try row.text(5)
      $0.culprit = try row.text(6)
      $0.screen = try row.text(7)
      $0.count = Int64(try row.int(8))
      $0.firstSeenTime = Self.time(try row.timestamp(9))
      $0.lastSeenTime = Self.time(lastSeen)
      $0.versions = try row.textArray(11).map(VersionOrder.version)
      $0.platforms = try row.textArray(12)
      $0.state = Self.state(try row.text(13))
      $0.resolvedVersion = VersionOrder.version(ofEntry: try row.text(14))
      $0.traceID = try row.text(15)
    }
  }

  private static func time(_ time: Timestamp) -> Google_Protobuf_Timestamp {
    .init(seconds: time.seconds, nanos: time.nanoseconds)
  }

  private static func state(_ text: String) -> Artel_Operations_V1_ClientErrorGroup.State {
    switch text {
    case "UNRESOLVED": .unresolved
    case "RESOLVED": .resolved
    case "MUTED": .muted
    case "REGRESSED": .regressed
    default: .unspecified
    }
  }
}
