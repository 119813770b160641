public import Pipeline
import Postgres
import Storage

/// Takes what is exported of a tenant, table by table.
public protocol TenantExportSink: Sendable {
  /// Begins a table.
  func begin(table: String) async throws
  /// One row of it, as a JSON object.
  func write(row: String) async throws
}

extension TenantAdministration {
  /// How long one table may take.
  private static let exportPatience: Duration = .seconds(3600)

  /// Hands out every row of a tenant that the application can read, without keys, secrets and
  /// hashes, and behind them, opened, what is sealed of its people. Each table is as it was at one moment; a suspended tenant's are all of the same.
  ///
  /// - Parameter reason: why, for the tenant's audit, which has it before the first row is read.
  /// - Returns: how many rows of each table.
  public func export(
    _ tenant: Tenant, reason: String, to sink: some TenantExportSink
  ) async throws -> [String: Int] {
    let tables = try await change(in: tenant.id, "ExportTenant") { change in
      try await change.record(resource: "tenants/\(tenant.name)", change: "exported: \(reason)")
      return try await change.query(
        Statement("SELECT table_name FROM artel.exported_tables()")
      ).map { try $0.text(0) }
    }
    var counts: [String: Int] = [:]
    for table in tables + Self.openedTables {
      try await sink.begin(table: table)
      counts[table] = try await database.change(
        as: Actor(tenantID: tenant.id, operator: operatorName),
        action: "artel.administration/ExportTenant", deadline: .now + Self.exportPatience
      ) { change in
        try await Self.openedTables.contains(table)
          ? Self.openedRows(of: table, change, sink) : Self.rows(of: table, change, sink)
      }
    }
    return counts
  }

  private static func rows(
    of table: String, _ change: TenantChange, _ sink: some TenantExportSink
  ) async throws -> Int {
    _ = try await change.execute(
      Statement(
        """
        DECLARE exported NO SCROLL CURSOR FOR SELECT row::text FROM artel.exported_rows($1) AS row
        """, .text(table)))
    var count = 0
    while true {
      let rows = try await change.query(Statement("FETCH 500 FROM exported"))
      guard !rows.isEmpty else { return count }
      for row in rows { try await sink.write(row: try row.text(0)) }
      count += rows.count
    }
  }
}
