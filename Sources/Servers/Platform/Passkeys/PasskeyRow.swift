import GeneratedPeople
import LibCrypto
import Postgres
import RPC
import SwiftProtobuf

/// A row of `artel.passkey`, as its person sees it.
enum PasskeyRow {
  /// The greatest number of a person's.
  static let most: Int32 = 20

  /// Those of a person, the oldest first.
  static func all(of personID: String) -> Statement {
    Statement(
      """
      SELECT passkey_id, display_name, backup_eligible, backed_up, create_time, use_time,
        credential_id
      FROM artel.passkey WHERE person_id = $1 ORDER BY passkey_id
      """, .uuid(personID))
  }

  /// One of a person.
  static func one(_ id: String, of personID: String) -> Statement {
    Statement(
      """
      SELECT passkey_id, display_name, backup_eligible, backed_up, create_time, use_time,
        credential_id
      FROM artel.passkey WHERE passkey_id = $1 AND person_id = $2
      """, .uuid(id), .uuid(personID))
  }

  /// - Parameter parent: `members/{member}/`, or nothing where it is the member who asks.
  static func message(
    _ row: PostgresRow, parent: String = ""
  ) throws -> Artel_People_V1_Passkey {
    try .with {
      $0.name = "\(parent)passkeys/\(try row.uuid(0))"
      $0.displayName = try row.text(1)
      $0.backupEligible = try row.bool(2)
      $0.backedUp = try row.bool(3)
      $0.createTime = Google_Protobuf_Timestamp(try row.timestamp(4))
      if let used = try row.optionalTimestamp(5) { $0.useTime = Google_Protobuf_Timestamp(used) }
    }
  }

  static func credentialID(_ row: PostgresRow) throws -> [UInt8] { try row.bytes(6) }

  /// The identifier in the last part of a name whose pattern the pipeline has checked; one that
  /// cannot exist is read as one that does not.
  static func identifier(_ name: String) throws -> String {
    let id = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
    guard TenantIdentifier.isValid(id) else { throw Refusal.notFound }
    return id
  }

  /// What a member may call one.
  static func checkedName(_ name: String, _ field: String) throws(RPCError) -> String {
    name.isEmpty ? "" : try DisplayName.checked(name, field)
  }

  /// What an authenticator knows a person by: the bytes of its identifier.
  static func userHandle(_ personID: String) -> [UInt8] {
    Hexadecimal.decode(personID.utf8.filter { $0 != UInt8(ascii: "-") }) ?? []
  }
}
