import Egress
import Foundation
import GeneratedOptions
import LibCrypto
import Logging
import Pipeline
import Postgres
import RPC
import Storage
import Synchronization
import TestSupport

@testable import Platform

extension Logger {
  /// For failures that a test provokes.
  static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// A database with the platform's roles and schema, as `tools/run` makes it, and a platform on it.
final class PlatformFixture: Sendable {
  /// The roles are the whole cluster's: two tests must not make them at the same time.
  private static let turns = Turns()

  let database: DatabaseFixture
  let app: PostgresPool
  let directoryPool: PostgresPool
  let dispatcherPool: PostgresPool
  let keyPool: PostgresPool
  let keyStore: PostgresKeyStore
  let key: KeyEncryptionKey
  let envelope: Envelope
  let vault: TenantVault
  let baseDomain: BaseDomain
  let hub = EventHub()
  let egress: EgressClient
  let platform: PlatformServices
  private let others = Mutex<[PostgresPool]>([])

  /// Runs `body` with a fixture and leaves nothing running behind it.
  static func with<R>(
    cluster: PostgresCluster? = nil, key: KeyEncryptionKey = KeyEncryptionKey(.generate()),
    _ body: (PlatformFixture) async throws -> R
  ) async throws -> R {
    let cluster = if let cluster { cluster } else { try await PostgresCluster.shared() }
    let fixture = try await PlatformFixture(cluster: cluster, key: key)
    do {
      let result = try await body(fixture)
      await fixture.shutdown()
      return result
    } catch {
      await fixture.shutdown()
      throw error
    }
  }

  private init(cluster: PostgresCluster, key: KeyEncryptionKey) async throws {
    self.key = key
    let database = try await cluster.createDatabase()
    self.database = database
    try await Self.turns.take { try await database.sql(Self.rolesScript()) }
    try await Migrator(
      Self.configuration(database, "owner"), migrations: PlatformMigrations.all, logger: .silent
    ).migrate()
    // In the same database, for its tables touch nothing of the others.
    try await database.sql(
      "SET ROLE artel_owner;" + KeyStoreMigrations.all.map(\.sql).joined())
    envelope = Envelope(key: key)
    app = PostgresPool(Self.configuration(database, "app"), logger: .silent)
    keyPool = PostgresPool(Self.configuration(database, "keys"), logger: .silent)
    keyStore = PostgresKeyStore(pool: keyPool, rows: RowsDatabase(pool: app))
    vault = TenantVault(
      store: keyStore, encryption: FileKeyEncryption(key), older: envelope)
    directoryPool = PostgresPool(Self.configuration(database, "directory"), logger: .silent)
    dispatcherPool = PostgresPool(Self.configuration(database, "dispatcher"), logger: .silent)
    baseDomain = try BaseDomain("artel.localhost")
    egress = try EgressClient()
    platform = PlatformServices(
      PlatformConfiguration(
        baseDomain: baseDomain, applicationPool: app, directoryPool: directoryPool,
        dispatcherPool: dispatcherPool, vault: vault, egress: egress),
      hub: hub, logger: .silent)
  }

  private func shutdown() async {
    for pool in [app, directoryPool, dispatcherPool, keyPool] + others.withLock({ $0 }) {
      await pool.shutdown(grace: .zero)
    }
    // Fails only where requests are still running, and none are awaited any more.
    try? await egress.shutdown()
  }

  /// The text of roles.sql behind its passwords.
  static func rolesScript() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let script = try ["roles.sql", "keys.sql"].map {
      try String(
        contentsOf: root.appendingPathComponent("tools/postgres/\($0)"), encoding: .utf8)
    }.joined()
    let passwords = ["owner", "app", "directory", "dispatcher", "sealer", "backup", "keys"].map {
      "\\set \($0)_password '\(password($0))'\n"
    }
    return passwords.joined() + script
  }

  /// Runs roles.sql once more.
  func remakeRoles() async throws {
    try await Self.turns.take { try await self.database.sql(Self.rolesScript()) }
  }

  private static func password(_ role: String) -> String { "test-\(role)" }

  static func configuration(_ database: DatabaseFixture, _ role: String) -> PostgresConfiguration {
    var configuration = PostgresConfiguration(
      host: database.cluster.socketDirectory, port: database.cluster.port, database: database.name,
      user: "artel_\(role)", password: password(role))
    configuration.idleInTransactionTimeout = .seconds(15)
    return configuration
  }

  /// A pool of another role, shut down with the fixture.
  func pool(_ role: String) -> PostgresPool {
    let pool = PostgresPool(Self.configuration(database, role), logger: .silent)
    others.withLock { $0.append(pool) }
    return pool
  }

  var tenants: TenantDatabase { TenantDatabase(pool: app, hub: hub, vault: vault) }

  /// Writes a person into a tenant, past everything that checks.
  func insert(
    person id: String, login: String, displayName: String = "", administrator: Bool = false,
    in tenant: Tenant
  ) async throws {
    try await tenants.change(
      as: Actor(tenantID: tenant.id, service: "test"), action: "test", deadline: nil
    ) { change in
      let login = try await change.login(login, of: id)
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.person (tenant_id, person_id, sealed_login, login_index,
            sealed_display_name, administrator)
          VALUES ($1, $2, $3, $4, $5, $6)
          """, .uuid(tenant.id), .uuid(id), login.sealed, login.index,
          try await PersonRow.Sealed.displayName.sealed(
            displayName, tenantID: tenant.id, key: id, of: PersonRow.subject(id), change.vault),
          .bool(administrator)))
    }
  }

  /// What a person signs in with.
  func setLogin(_ login: String, of id: String, in tenant: Tenant) async throws {
    try await tenants.change(
      as: Actor(tenantID: tenant.id, service: "test"), action: "test", deadline: nil
    ) { change in
      let login = try await change.login(login, of: id)
      try await change.execute(
        Statement(
          "UPDATE artel.person SET sealed_login = $2, login_index = $3 WHERE person_id = $1",
          .uuid(id), login.sealed, login.index))
    }
  }

  var administration: TenantAdministration { platform.administration(operator: "test") }

  /// A residential tenant.
  func tenant(_ name: String) async throws -> Tenant {
    try await administration.createTenant(
      name: name, displayName: "The \(name)", kind: .residential)
  }

  /// The texts of a tenant's audit entries, in order.
  func audit(_ tenant: Tenant) async throws -> [String] {
    let rows = try await tenants.query(
      Statement("SELECT e.* FROM artel.audit_entry AS e ORDER BY audit_entry_id"),
      as: Actor(tenantID: tenant.id, service: "test"), deadline: nil)
    return try await vault.shown(try rows.map { try AuditEntry($0) }).map {
      "\($0.entry.actor) \($0.entry.action) \($0.entry.resource): \($0.entry.change)"
    }
  }
}

extension Tenant {
  var scope: TenantScope { TenantScope(tenantID: id, actor: "services/test", rows: .tenant) }
}

/// Lets one task after another do something.
private actor Turns {
  private var last: Task<Void, Never>?

  func take(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let before = last
    let turn = Task {
      await before?.value
      try await body()
    }
    last = Task { _ = await turn.result }
    try await turn.value
  }
}

/// Waits until a condition holds, at most ten seconds.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
  for _ in 0..<500 {
    if try await condition() { return true }
    try await Task.sleep(for: .milliseconds(20))
  }
  return false
}
