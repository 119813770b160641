import Pipeline
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("Archiving and restoring a tenant")
struct TenantArchiveTests {
  /// Keeps an archive, and hands it out again.
  private final class Shelf: TenantExportSink, TenantArchiveSource {
    private let rows = Mutex<[(table: String, row: String)]>([])
    private let current = Mutex("")

    func begin(table: String) async throws { current.withLock { $0 = table } }

    func write(row: String) async throws {
      let table = current.withLock { $0 }
      rows.withLock { $0.append((table, row)) }
    }

    func next() async throws -> (table: String, row: String)? {
      rows.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
  }

  /// What every table holds of a tenant, as a superuser sees it, without its place in the order of
  /// commits.
  private func checksums(
    _ fixture: PlatformFixture, _ tenant: Tenant
  ) async throws -> [String: String] {
    let tables = try await fixture.database.sql("SELECT artel.archived_tables()")
      .split(separator: "\n")
    var sums: [String: String] = [:]
    for table in tables {
      sums[String(table)] = try await fixture.database.sql(
        """
        SELECT md5(coalesce(string_agg((to_jsonb(t) - 'xid')::text, ''
          ORDER BY (to_jsonb(t) - 'xid')::text), ''))
        FROM artel.\(table) AS t WHERE tenant_id = '\(tenant.id)'
        """)
    }
    return sums
  }

  /// The tables that say that a tenant was suspended, archived and restored.
  private static let telling: Set = ["tenant", "audit_entry", "revocation"]

  private func furnished(_ fixture: PlatformFixture, _ name: String) async throws -> Tenant {
    let tenant = try await fixture.tenant(name)
    _ = try await fixture.administration.createClient(
      "\(name)-lift", kind: .partner, scopes: ["a"], in: tenant)
    try await fixture.administration.addIssuer(
      NewIssuer(
        alias: "people", issuer: "https://id.\(name).example", audiences: ["artel"]), to: tenant)
    try await fixture.database.sql(
      """
      INSERT INTO artel.role (tenant_id, role_id, display_name, scopes)
        VALUES ('\(tenant.id)', 'resident', 'Resident', '{a,b}');
      INSERT INTO artel.person (tenant_id, person_id, sealed_login, login_index,
          sealed_display_name, administrator, sealed_authenticator)
        VALUES ('\(tenant.id)', '\(tenant.id)', '', uuid_send('\(tenant.id)'), '', true, '\\x00ff');
      INSERT INTO artel.person_role VALUES ('\(tenant.id)', '\(tenant.id)', 'resident');
      """)
    return tenant
  }

  private func archived(
    _ fixture: PlatformFixture, _ tenant: Tenant, keys: Shelf? = nil
  ) async throws -> (Shelf, rows: Int) {
    let shelf = Shelf()
    let counts = try await fixture.administration.archive(
      tenant, backup: fixture.pool("backup"), reason: "ticket 1", to: shelf, keys: keys)
    #expect((counts["data_key"] ?? 0 > 0) == (keys != nil))
    return (shelf, counts.filter { $0.key != "data_key" }.values.reduce(0, +))
  }

  private func restore(
    _ tenant: Tenant, _ shelf: Shelf, _ fixture: PlatformFixture, keys: Shelf? = nil,
    keepsCredentials: Bool = false
  ) async throws -> Int {
    try await fixture.administration.restore(
      tenant.id, from: shelf, keys: keys, cell: "main", owner: fixture.pool("owner"),
      reason: "ticket 2", keepsCredentials: keepsCredentials)
  }

  @Test("puts an erased tenant back, and leaves every other as it was", .covers("S-D20"))
  func erased() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await furnished(fixture, "alpha")
      let beta = try await furnished(fixture, "beta")
      try await fixture.administration.suspend(alpha, reason: "gone")
      try await fixture.database.sql("UPDATE artel.tenant SET suspend_time = NULL")
      let (mine, others) = (
        try await checksums(fixture, alpha), try await checksums(fixture, beta)
      )
      let keys = Shelf()
      let (shelf, rows) = try await archived(fixture, alpha, keys: keys)
      let (alone, _) = try await archived(fixture, alpha)
      #expect(rows >= 10)
      #expect(try await fixture.administration.erase(alpha, owner: fixture.pool("owner")) >= 9)
      #expect(try await checksums(fixture, beta) == others)
      // An archive without its keys brings nobody back.
      let closed = await #expect(throws: AdministrationError.self) {
        _ = try await restore(alpha, alone, fixture)
      }
      #expect(closed?.code == .refused)
      #expect(try await restore(alpha, shelf, fixture, keys: keys) == rows)
      #expect(try await checksums(fixture, beta) == others)
      let back = try await checksums(fixture, alpha)
      // That all credentials are revoked is also noted of people.
      for (table, sum) in mine where !Self.telling.union(["person"]).contains(table) {
        #expect(back[table] == sum, "\(table)")
      }
      // Suspended, and what was issued before the archive is good for nothing.
      #expect(
        try await fixture.database.sql(
          """
          SELECT t.state || ' ' || count(r.*) FROM artel.tenant AS t
            LEFT JOIN artel.revocation AS r ON r.tenant_id = t.tenant_id AND r.kind = 'TENANT'
          WHERE t.tenant_id = '\(alpha.id)' GROUP BY t.state
          """) == "SUSPENDED 1")
      #expect(
        try await fixture.audit(alpha).last?.hasSuffix("restored with \(rows) rows: ticket 2")
          == true)
      try await fixture.administration.resume(alpha, reason: "back")
      // Its key opens, which is sealed for this tenant and this row.
      _ = try await SigningKeys(database: fixture.tenants, vault: fixture.vault)
        .key(tenantID: alpha.id)
    }
  }

  @Test("moves a tenant into another database, beside the tenants there", .covers("S-D20"))
  func moved() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await furnished(fixture, "alpha")
      try await fixture.administration.suspend(alpha, reason: "it moves")
      let mine = try await checksums(fixture, alpha)
      let keys = Shelf()
      let (shelf, rows) = try await archived(fixture, alpha, keys: keys)
      try await PlatformFixture.with(key: fixture.key) { other in
        let gamma = try await furnished(other, "gamma")
        let others = try await checksums(other, gamma)
        #expect(try await restore(alpha, shelf, other, keys: keys, keepsCredentials: true) == rows)
        #expect(try await checksums(other, gamma) == others)
        let there = try await checksums(other, alpha)
        for (table, sum) in mine where !Self.telling.contains(table) {
          #expect(there[table] == sum, "\(table)")
        }
        #expect(there["revocation"] == mine["revocation"])
      }
    }
  }

  @Test("refuses a tenant that is served, one that is there, and an archive of nobody")
  func refused() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await furnished(fixture, "alpha")
      let served = await #expect(throws: AdministrationError.self) {
        _ = try await archived(fixture, alpha)
      }
      #expect(served?.code == .refused)
      try await fixture.administration.suspend(alpha, reason: "gone")
      let (shelf, _) = try await archived(fixture, alpha)
      let before = try await checksums(fixture, alpha)
      let there = await #expect(throws: AdministrationError.self) {
        _ = try await restore(alpha, shelf, fixture)
      }
      #expect(there?.code == .exists)
      #expect(try await checksums(fixture, alpha) == before)
      let beta = try await furnished(fixture, "beta")
      // Of another tenant's archive, nothing gets into the scope of this one.
      let (foreign, _) = try await archived(fixture, alpha)
      await #expect(throws: PostgresError.self) {
        _ = try await restore(beta, foreign, fixture)
      }
      let empty = await #expect(throws: AdministrationError.self) {
        _ = try await fixture.administration.restore(
          "00000000-0000-4000-8000-000000000000", from: Shelf(), cell: "main",
          owner: fixture.pool("owner"), reason: "x", keepsCredentials: false)
      }
      #expect(empty?.code == .invalid)
    }
  }
}
