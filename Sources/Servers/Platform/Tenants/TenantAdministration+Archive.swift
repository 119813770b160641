public import Pipeline
public import Postgres
import Storage

extension TenantAdministration {
  /// How long one archive may take to be read, or to be put back.
  private static let archivePatience: Duration = .seconds(3600)
  /// What archives of before called the tenant's keys, which came behind all rows.
  static let archivedKeys = "data_key"

  /// Hands out every row of a suspended tenant as it is stored, sealed secrets and hashes among them,
  /// all of one moment. What is sealed opens only by the keys of the key store: who is erased there, is
  /// erased in the archive too.
  ///
  /// - Parameters:
  ///   - backup: the pool of the role `artel_backup`, which alone reads all of it.
  ///   - reason: why, for the tenant's audit, which has it before the first row is read.
  ///   - keys: takes the keys, for another key store. Whoever has them, the rows and the key
  ///     encryption key has the tenant, erased people among it, until they are destroyed.
  /// - Returns: how many rows of each table, and how many keys.
  public func archive(
    _ tenant: Tenant, backup: PostgresPool, reason: String, to sink: some TenantExportSink,
    keys: (any TenantExportSink)? = nil
  ) async throws -> [String: Int] {
    try await change(in: tenant.id, "ArchiveTenant") { change in
      guard try await TenantChanges.locked(change, baseDomain).state == "SUSPENDED" else {
        throw AdministrationError(.refused, "only a suspended tenant can be archived")
      }
      let what = keys == nil ? "archived" : "archived with its keys"
      try await change.record(resource: "tenants/\(tenant.name)", change: "\(what): \(reason)")
    }
    var counts = try await backup.transaction(
      in: nil, deadline: .now + Self.archivePatience, isolation: .repeatableRead
    ) { transaction in
      let tables = try await transaction.query(Statement("SELECT artel.archived_tables()"))
      var counts: [String: Int] = [:]
      for table in tables {
        let name = try table.text(0)
        try await sink.begin(table: name)
        let rows = try await transaction.query(
          Statement(
            "SELECT row::text FROM artel.archived_rows($1, $2) AS row", .text(name),
            .uuid(tenant.id)))
        for row in rows { try await sink.write(row: try row.text(0)) }
        counts[name] = rows.count
      }
      return counts
    }
    guard let keys else { return counts }
    // Keys that are younger than the rows do no harm.
    let archived = try await database.vault.archivedKeys(tenantID: tenant.id)
    try await keys.begin(table: Self.archivedKeys)
    for key in archived { try await keys.write(row: key) }
    counts[Self.archivedKeys] = archived.count
    return counts
  }
}

/// What an archive holds, in the order in which it was handed out.
public protocol TenantArchiveSource: Sendable {
  /// The next row and its table; nil behind the last.
  func next() async throws -> (table: String, row: String)?
}
