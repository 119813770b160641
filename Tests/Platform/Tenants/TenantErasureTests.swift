import Foundation
import Pipeline
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("Exporting and erasing a tenant")
struct TenantErasureTests {
  private final class Lines: TenantExportSink {
    let tables = Mutex<[String: [String]]>([:])
    private let current = Mutex("")
    func begin(table: String) async throws {
      current.withLock { $0 = table }
      tables.withLock { $0[table] = [] }
    }
    func write(row: String) async throws {
      let table = current.withLock { $0 }
      tables.withLock { $0[table, default: []].append(row) }
    }
  }

  private func refused(_ body: () async throws -> Void) async {
    let error = await #expect(throws: AdministrationError.self) { try await body() }
    #expect(error?.code == .refused)
  }

  /// Suspends a tenant, an hour ago.
  private func suspend(_ tenant: Tenant, _ fixture: PlatformFixture) async throws {
    try await fixture.administration.suspend(tenant, reason: "gone")
    try await fixture.database.sql(
      "UPDATE artel.tenant SET suspend_time = now() - interval '1 hour' WHERE state = 'SUSPENDED'")
  }

  /// What every table holds of a tenant, as a superuser sees it.
  private func checksums(_ fixture: PlatformFixture, _ tenant: Tenant) async throws -> [String] {
    let tables = try await fixture.database.sql(
      """
      SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'artel'::regnamespace AND c.relkind = 'r' AND a.attname = 'tenant_id'
      ORDER BY 1
      """
    ).split(separator: "\n")
    var sums: [String] = []
    for table in tables {
      sums.append(
        try await fixture.database.sql(
          """
          SELECT '\(table) ' || count(*) || ' ' || md5(string_agg(t::text, '' ORDER BY t::text))
          FROM artel.\(table) AS t WHERE tenant_id = '\(tenant.id)' HAVING count(*) > 0
          """))
    }
    return sums.filter { !$0.isEmpty }
  }

  private func furnished(_ fixture: PlatformFixture, _ name: String) async throws -> Tenant {
    let tenant = try await fixture.tenant(name)
    _ = try await fixture.administration.createClient(
      "\(name)-lift", kind: .partner, scopes: ["a"], in: tenant)
    try await fixture.administration.addIssuer(
      NewIssuer(
        alias: "people", issuer: "https://id.\(name).example", audiences: ["artel"]), to: tenant)
    return tenant
  }

  @Test(
    "leaves nothing of the tenant but its name, and every other tenant as it was", .covers("S-D19"))
  func erase() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await furnished(fixture, "alpha")
      let beta = try await furnished(fixture, "beta")
      let owner = fixture.pool("owner")
      await refused { _ = try await fixture.administration.erase(alpha, owner: owner) }
      try await suspend(alpha, fixture)
      let before = try await checksums(fixture, beta)
      #expect(before.count >= 6)
      #expect(try await fixture.administration.erase(alpha, owner: owner) >= 6)
      #expect(try await checksums(fixture, beta) == before)
      let left = try await checksums(fixture, alpha)
      #expect(left.count == 1)
      #expect(left.first?.hasPrefix("tenant 1 ") == true)
      #expect(
        try await fixture.database.sql(
          "SELECT state || ' ' || display_name FROM artel.tenant WHERE name = 'alpha'")
          == "ERASED alpha")
      await #expect(throws: AdministrationError.self) { _ = try await fixture.tenant("alpha") }
      await refused { try await fixture.administration.resume(alpha, reason: "come back") }
      #expect(try await fixture.administration.erase(alpha, owner: owner) == 0)
    }
  }

  @Test("goes on beside whoever reads, and is in the keeper's audit before and after")
  func beside() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await furnished(fixture, "alpha")
      let keeper = try await fixture.tenant("platform")
      let owner = fixture.pool("owner")
      await refused {
        _ = try await fixture.administration.erase(
          alpha, owner: owner, reason: "gone", keeper: keeper)
      }
      try await suspend(alpha, fixture)
      let rows = try await fixture.app.transaction(in: keeper.scope) { reading in
        // As a backup does: it keeps whoever would change the tables waiting.
        for table in [
          Statement("SELECT 1 FROM artel.tenant"), Statement("SELECT 1 FROM artel.tenant_client"),
          Statement("SELECT 1 FROM artel.audit_entry"),
        ] { _ = try await reading.query(table) }
        return try await fixture.administration.erase(
          alpha, owner: owner, reason: "gone", keeper: keeper)
      }
      #expect(rows >= 6)
      #expect(
        try await fixture.audit(keeper).suffix(2).map {
          $0.components(separatedBy: ": ").dropFirst()
        }
          == [["erasure begun", "gone"], ["erased with \(rows) rows, and its keys", "gone"]])
    }
  }

  @Test("waits for what is being written, and deletes what came late when it is run again")
  func late() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await furnished(fixture, "alpha")
      let owner = fixture.pool("owner")
      try await fixture.administration.suspend(alpha, reason: "gone")
      // A call that was admitted a moment ago may still write.
      await refused { _ = try await fixture.administration.erase(alpha, owner: owner) }
      try await suspend(alpha, fixture)
      let insertion = Statement(
        """
        INSERT INTO artel.person
          (tenant_id, person_id, sealed_login, login_index, sealed_display_name, administrator)
        VALUES ($1, gen_random_uuid(), '', uuid_send(gen_random_uuid()), '', false)
        """, .uuid(alpha.id))
      let erasure = try await fixture.app.transaction(in: alpha.scope) { writing in
        try await writing.execute(insertion)
        let erasure = Task { try await fixture.administration.erase(alpha, owner: owner) }
        let waits = try await eventually {
          try await fixture.database.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
              + " AND datname = current_database() AND usename = 'artel_owner'") == "1"
        }
        #expect(waits)
        return erasure
      }
      #expect(try await erasure.value >= 7)
      #expect(try await checksums(fixture, alpha).count == 1)
      // Whoever was slower still leaves something behind; it is not there for good.
      try await fixture.app.execute(insertion, in: alpha.scope)
      #expect(try await fixture.administration.erase(alpha, owner: owner) == 1)
      #expect(try await checksums(fixture, alpha).count == 1)
    }
  }

  @Test("cannot be done by the application, nor in another tenant's scope")
  func walls() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await furnished(fixture, "alpha")
      let beta = try await furnished(fixture, "beta")
      try await suspend(alpha, fixture)
      let owner = fixture.pool("owner")
      let statement = Statement("SELECT artel.erase_rows($1)", .uuid(alpha.id))
      for (pool, scope) in [(fixture.app, alpha.scope), (owner, beta.scope)] {
        await #expect(throws: PostgresError.self) { _ = try await pool.query(statement, in: scope) }
      }
      #expect(try await fixture.administration.erase(alpha, owner: owner) >= 6)
      // In no scope the owner still sees nobody's rows.
      #expect(
        try await owner.query(Statement("SELECT 1 FROM artel.tenant_client"), in: nil).isEmpty)
    }
  }

  @Test("hands out every row of the tenant, none of another's, and no secret")
  func export() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await furnished(fixture, "alpha")
      _ = try await furnished(fixture, "beta")
      try await fixture.database.sql(
        """
        INSERT INTO artel.audit_entry (tenant_id, audit_entry_id, actor, action, resource, change)
        SELECT '\(alpha.id)', gen_random_uuid(), 'a', 'b', 'c', n::text
        FROM generate_series(1, 1200) AS n
        """)
      let lines = Lines()
      let counts = try await fixture.administration.export(alpha, reason: "asked for", to: lines)
      let tables = lines.tables.withLock { $0 }
      #expect(counts == tables.mapValues(\.count))
      #expect(counts["tenant_client"] == 1)
      #expect(counts["tenant_issuer"] == 1)
      // Those of the series, three of the making, and the export's own.
      #expect(counts["audit_entry"] == 1204)
      let everything = tables.values.flatMap { $0 }.joined(separator: "\n")
      #expect(!everything.contains("beta"))
      for word in ["sealed", "hash", "scrypt"] { #expect(!everything.contains(word)) }
      let line = try #require(tables["tenant_client"]?.first)
      let client = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(client["client_id"] as? String == "alpha-lift")
      #expect(try await fixture.audit(alpha).contains { $0.hasSuffix("exported: asked for") })
    }
  }
}
