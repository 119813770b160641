import GeneratedPeople
import LibCrypto
import Postgres
import SwiftProtobuf

/// A row of `artel.person` with its roles, without what it signs in with.
struct PersonRow: Sendable {
  let id: String
  let message: Artel_People_V1_Member

  init(_ row: PostgresRow) throws {
    id = try row.uuid(0)
    let name = Self.name(id)
    let disabled = try row.bool(4)
    let hasPassword = try row.bool(5)
    let signedIn = try row.optionalTimestamp(7)
    let created = try row.timestamp(8)
    message = try .with {
      $0.name = name
      $0.login = try row.text(1)
      $0.displayName = try row.text(2)
      $0.administrator = try row.bool(3)
      $0.state = disabled ? .disabled : hasPassword ? .active : .invited
      $0.secondFactor = try row.bool(6)
      if let signedIn { $0.signInTime = Google_Protobuf_Timestamp(signedIn) }
      $0.createTime = Google_Protobuf_Timestamp(created)
      $0.roles = try row.textArray(9).map { "roles/\($0)" }
    }
  }

  static func name(_ id: String) -> String { "members/\(id)" }

  /// The identifier in a name whose pattern the pipeline has checked; one that cannot exist is read
  /// as one that does not.
  static func identifier(_ name: String) throws -> String {
    let id = String(name.dropFirst("members/".count)).lowercased()
    guard name.hasPrefix("members/"), TenantIdentifier.isValid(id) else { throw Refusal.notFound }
    return id
  }

  /// The subject of a person's principal.
  static func subject(_ id: String) -> String { "artel:\(id)" }
}

/// What selects a `PersonRow`.
enum PersonStatements {
  static func person(_ id: String) -> Statement {
    Statement(
      """
      SELECT person_id, login, display_name, administrator, disabled, password_hash IS NOT NULL,
        sealed_authenticator IS NOT NULL, sign_in_time, create_time,
        ARRAY(SELECT r.role_id FROM artel.person_role AS r
          WHERE r.tenant_id = p.tenant_id AND r.person_id = p.person_id ORDER BY 1)
      FROM artel.person AS p WHERE person_id = $1
      """, .uuid(id))
  }

  /// A page in the order in which people were made known: identifiers ascend with time.
  static func people(after id: String?, limit: Int) -> Statement {
    Statement(
      """
      SELECT person_id, login, display_name, administrator, disabled, password_hash IS NOT NULL,
        sealed_authenticator IS NOT NULL, sign_in_time, create_time,
        ARRAY(SELECT r.role_id FROM artel.person_role AS r
          WHERE r.tenant_id = p.tenant_id AND r.person_id = p.person_id ORDER BY 1)
      FROM artel.person AS p WHERE $1::uuid IS NULL OR person_id > $1
      ORDER BY person_id LIMIT $2
      """, .uuid(id), .int(limit))
  }
}
