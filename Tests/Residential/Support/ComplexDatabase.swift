import Foundation
import LibCrypto
import Platform
import Postgres
import Residential
import Synchronization
import TestSupport

/// One database of one cluster for all tests of the domain, with the real roles and migrations.
/// Tests stay apart as tenants do: each has tenants of its own.
struct ComplexDatabase: Sendable {
  let fixture: DatabaseFixture
  let passwords: [String: String]
  /// Connections of the application's role.
  let pool: PostgresPool

  private static let start = Mutex<Task<ComplexDatabase, any Error>?>(nil)

  static func shared() async throws -> ComplexDatabase {
    let task = start.withLock { start in
      let task = start ?? Task { try await ComplexDatabase() }
      start = task
      return task
    }
    return try await task.value
  }

  private init() async throws {
    // A cluster of its own: roles and their passwords belong to a whole cluster.
    let cluster = try await PostgresCluster()
    fixture = try await cluster.createDatabase()
    let names = ["owner", "app", "directory", "dispatcher", "sealer", "backup"]
    passwords = Dictionary(
      uniqueKeysWithValues: names.map { ($0, Hexadecimal.encode(Random.bytes(16))) })
    let settings = passwords.map { "\\set \($0)_password '\($1)'\n" }.joined()
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../tools/postgres/roles.sql")
    try await fixture.sql(settings + String(contentsOf: root, encoding: .utf8))
    let owner = Self.configuration(fixture, "owner", passwords)
    try await Migrator(
      owner,
      migrations: (PlatformMigrations.all + ResidentialMigrations.all)
        .sorted { $0.version < $1.version }
    )
    .migrate()
    var app = Self.configuration(fixture, "app", passwords)
    app.poolSize = 12
    pool = PostgresPool(app)
  }

  func configuration(_ role: String) -> PostgresConfiguration {
    Self.configuration(fixture, role, passwords)
  }

  private static func configuration(
    _ fixture: DatabaseFixture, _ role: String, _ passwords: [String: String]
  ) -> PostgresConfiguration {
    PostgresConfiguration(
      host: fixture.cluster.socketDirectory, port: fixture.cluster.port, database: fixture.name,
      user: "artel_\(role)", password: passwords[role] ?? "")
  }

  /// Makes a tenant and returns its identifier.
  func makeTenant() async throws -> String {
    let id = UUIDv7.make()
    let name = "t" + id.replacing("-", with: "")
    try await pool.execute(
      Statement(
        """
        INSERT INTO artel.tenant (tenant_id, name, display_name, kind)
        VALUES ($1, $2, $2, 'RESIDENTIAL')
        """,
        .uuid(id), .text(name)),
      in: TenantScope(tenantID: id, actor: "operators/test", rows: .tenant))
    return id
  }
}
