import GeneratedOptions
import GeneratedTenancy
import Pipeline
import Postgres
import SwiftProtobuf

/// A row of `artel.tenant_client`, without hashes, as the statements of `ClientStatements` select it.
struct ClientRow: Sendable {
  let message: Artel_Tenancy_V1_Client

  init(_ row: PostgresRow) throws {
    let id = try row.text(0)
    let older = try row.optionalTimestamp(7)
    let created = try row.timestamp(8)
    message = try .with {
      $0.name = ClientRow.name(id)
      $0.clientID = id
      $0.displayName = try row.text(1)
      $0.kind = try .init(storedClient: try row.text(2))
      $0.scopes = try row.textArray(3)
      $0.addressRanges = try row.textArray(4)
      $0.disabled = try row.bool(5)
      $0.liveSecrets = Int32(try row.int(6))
      if let older { $0.olderSecretExpireTime = Google_Protobuf_Timestamp(older) }
      $0.createTime = Google_Protobuf_Timestamp(created)
      $0.etag = ResourceTag.of(
        $0.displayName, lists: $0.scopes, $0.addressRanges, flags: $0.disabled)
    }
  }

  static func name(_ clientID: String) -> String { "clients/\(clientID)" }

  /// The identifier in a name whose pattern the pipeline has checked; one that cannot exist is read
  /// as one that does not.
  static func identifier(_ name: String) throws -> String {
    let id = String(name.dropFirst("clients/".count))
    guard ClientIdentifier.isValid(id) else { throw Refusal.notFound }
    return id
  }
}

extension Google_Protobuf_Timestamp {
  /// A time of the database.
  init(_ time: Timestamp) { self.init(seconds: time.seconds, nanos: time.nanoseconds) }
}
