import GeneratedPeople
public import Postgres
import Sealing
public import Storage

/// Seals the rows that were written before their columns were sealed: between two migrations, a few at
/// a time. What is done is done, also where it is cut off.
public struct PlainRows: Sendable {
  /// The last migration under which rows may be in clear.
  public static let lastMigration = 66
  private static let atOnce = 200
  private static let patience: Duration = .seconds(60)

  private let database: TenantDatabase
  private let directory: PostgresPool

  /// Takes the way to the rows, and the pool of the role that sees all tenants' names.
  public init(database: TenantDatabase, directory: PostgresPool) {
    self.database = database
    self.directory = directory
  }

  /// Seals all of them.
  ///
  /// - Returns: how many.
  public func seal() async throws -> Int {
    let tenants = try await directory.query(
      Statement("SELECT tenant_id FROM artel.tenant ORDER BY tenant_id"), in: nil,
      deadline: .now + Self.patience
    ).map { try $0.uuid(0) }
    var count = 0
    for tenant in tenants {
      for step in [Self.people, Self.passkeys] {
        while true {
          let done = try await database.change(
            as: Actor(tenantID: tenant, service: "sealing"), action: "artel.sealing/SealRows",
            deadline: .now + Self.patience, step)
          count += done
          guard done == Self.atOnce else { break }
        }
      }
    }
    return count
  }

  private static func people(_ change: TenantChange) async throws -> Int {
    let rows = try await change.query(
      Statement(
        """
        SELECT person_id, login, display_name FROM artel.person
        WHERE login IS NOT NULL OR display_name IS NOT NULL LIMIT $1 FOR NO KEY UPDATE
        """, .int(atOnce)))
    for row in rows {
      let id = try row.uuid(0)
      let login = try await change.login(try row.text(1), of: id)
      try await change.execute(
        Statement(
          """
          UPDATE artel.person SET login = NULL, display_name = NULL, sealed_login = $2,
            login_index = $3, sealed_display_name = $4
          WHERE person_id = $1
          """, .uuid(id), login.sealed, login.index,
          try await PersonRow.Sealed.displayName.sealed(
            try row.text(2), tenantID: change.tenantID, key: id, of: PersonRow.subject(id),
            change.vault)))
    }
    return rows.count
  }

  private static func passkeys(_ change: TenantChange) async throws -> Int {
    let rows = try await change.query(
      Statement(
        """
        SELECT passkey_id, person_id, display_name FROM artel.passkey
        WHERE display_name IS NOT NULL LIMIT $1 FOR NO KEY UPDATE
        """, .int(atOnce)))
    for row in rows {
      let id = try row.uuid(0)
      try await change.execute(
        Statement(
          """
          UPDATE artel.passkey SET display_name = NULL, sealed_display_name = $2
          WHERE passkey_id = $1
          """, .uuid(id),
          try await PasskeyRow.sealed(try row.text(2), id, of: try row.uuid(1), change)))
    }
    return rows.count
  }
}
