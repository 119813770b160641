import GeneratedPeople
import LibCrypto
import Postgres
import Sealing
import Storage
import SwiftProtobuf

/// A row of `artel.person` with its roles, without what it signs in with.
struct PersonRow: Sendable {
  typealias Sealed = Artel_People_V1_Member.Sealed

  let id: String
  let message: Artel_People_V1_Member

  /// Reads rows, with the keys of all their people fetched together.
  static func read(
    _ rows: [PostgresRow], in tenantID: String, _ vault: TenantVault
  ) async throws -> [PersonRow] {
    let cells = try rows.flatMap { row in
      let id = try row.uuid(0)
      return [
        try Sealed.login.cell(row, 1, tenantID: tenantID, key: id),
        try Sealed.displayName.cell(row, 2, tenantID: tenantID, key: id),
      ]
    }
    let texts = try await vault.texts(cells)
    return try rows.enumerated().map { index, row in
      try PersonRow(row, login: texts[2 * index], displayName: texts[2 * index + 1])
    }
  }

  private init(_ row: PostgresRow, login: String, displayName: String) throws {
    id = try row.uuid(0)
    let name = Self.name(id)
    let administrator = try row.bool(3)
    let disabled = try row.bool(4)
    let hasPassword = try row.bool(5)
    let signedIn = try row.optionalTimestamp(7)
    let created = try row.timestamp(8)
    message = try .with {
      $0.name = name
      $0.login = login
      $0.displayName = displayName
      $0.administrator = administrator
      $0.state = disabled ? .disabled : hasPassword ? .active : .invited
      $0.secondFactor = try row.bool(6)
      if let signedIn { $0.signInTime = Google_Protobuf_Timestamp(signedIn) }
      $0.createTime = Google_Protobuf_Timestamp(created)
      $0.roles = try row.textArray(9).map { "roles/\($0)" }
      // Of what is sealed as it is sealed: a hash of the login would tell it to who may not see it.
      $0.etag = ResourceTag.of(
        [try row.optionalBytes(1) ?? [], try row.optionalBytes(2) ?? []]
          + [[administrator ? 1 : 0], [disabled ? 1 : 0]] + $0.roles.map { Array($0.utf8) })
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

extension TenantChange {
  /// A person's login, sealed and indexed for its row.
  func login(_ login: String?, of id: String) async throws -> (sealed: Parameter, index: Parameter)
  {
    let column = PersonRow.Sealed.login
    return (
      try await column.sealed(
        login, tenantID: tenantID, key: id, of: PersonRow.subject(id), vault),
      try await column.index(of: login, tenantID: tenantID, vault)
    )
  }

  /// What `login_index` is compared with in a search for a login; nobody has the empty one.
  func login(of login: String?) async throws -> Parameter {
    try await PersonRow.Sealed.login.index(of: login ?? "", tenantID: tenantID, vault)
  }

  /// What a row that has a person's `sealed_login` says.
  func login(_ row: PostgresRow, _ position: Int, of id: String) async throws -> String {
    let cell = try PersonRow.Sealed.login.cell(row, position, tenantID: tenantID, key: id)
    return try await vault.texts([cell])[0]
  }
}

/// What selects a `PersonRow`.
enum PersonStatements {
  static func person(_ id: String) -> Statement {
    Statement(
      """
      SELECT person_id, sealed_login, sealed_display_name, administrator, disabled,
        password_hash IS NOT NULL, sealed_authenticator IS NOT NULL, sign_in_time, create_time,
        ARRAY(SELECT r.role_id FROM artel.person_role AS r
          WHERE r.tenant_id = p.tenant_id AND r.person_id = p.person_id ORDER BY 1)
      FROM artel.person AS p WHERE person_id = $1
      """, .uuid(id))
  }

  /// A page in the order in which people were made known: identifiers ascend with time.
  static func people(after id: String?, limit: Int) -> Statement {
    Statement(
      """
      SELECT person_id, sealed_login, sealed_display_name, administrator, disabled,
        password_hash IS NOT NULL, sealed_authenticator IS NOT NULL, sign_in_time, create_time,
        ARRAY(SELECT r.role_id FROM artel.person_role AS r
          WHERE r.tenant_id = p.tenant_id AND r.person_id = p.person_id ORDER BY 1)
      FROM artel.person AS p WHERE $1::uuid IS NULL OR person_id > $1
      ORDER BY person_id LIMIT $2
      """, .uuid(id), .int(limit))
  }
}
