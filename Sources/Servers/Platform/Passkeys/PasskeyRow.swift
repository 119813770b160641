import GeneratedPeople
import LibCrypto
import Postgres
import RPC
import Sealing
import Storage
import SwiftProtobuf

/// A row of `artel.passkey`, as its person sees it.
enum PasskeyRow {
  /// The greatest number of a person's.
  static let most: Int32 = 20

  /// Those of a person, the oldest first.
  static func all(of personID: String) -> Statement {
    Statement(
      """
      SELECT passkey_id, sealed_display_name, backup_eligible, backed_up, create_time,
        use_time, credential_id
      FROM artel.passkey WHERE person_id = $1 ORDER BY passkey_id
      """, .uuid(personID))
  }

  /// One of a person.
  static func one(_ id: String, of personID: String) -> Statement {
    Statement(
      """
      SELECT passkey_id, sealed_display_name, backup_eligible, backed_up, create_time,
        use_time, credential_id
      FROM artel.passkey WHERE passkey_id = $1 AND person_id = $2
      """, .uuid(id), .uuid(personID))
  }

  /// - Parameter parent: `members/{member}/`, or nothing where it is the member who asks.
  static func messages(
    _ rows: [PostgresRow], in tenantID: String, parent: String = "", _ vault: TenantVault
  ) async throws -> [Artel_People_V1_Passkey] {
    let cells = try rows.map {
      try Artel_People_V1_Passkey.Sealed.displayName.cell(
        $0, 1, tenantID: tenantID, key: try $0.uuid(0))
    }
    return try zip(rows, try await vault.texts(cells)).map {
      try message($0, displayName: $1, parent)
    }
  }

  /// What a passkey's person calls it, for its row.
  static func sealed(
    _ name: String, _ id: String, of personID: String, _ change: TenantChange
  ) async throws -> Parameter {
    try await Artel_People_V1_Passkey.Sealed.displayName.sealed(
      name, tenantID: change.tenantID, key: id, of: PersonRow.subject(personID), change.vault)
  }

  private static func message(
    _ row: PostgresRow, displayName: String, _ parent: String
  ) throws -> Artel_People_V1_Passkey {
    try .with {
      $0.name = "\(parent)passkeys/\(try row.uuid(0))"
      $0.displayName = displayName
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
