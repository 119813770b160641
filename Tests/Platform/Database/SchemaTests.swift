import Pipeline
import Postgres
import TestSupport
import Testing

@testable import Platform

@Suite("The platform's schema")
struct SchemaTests {
  private static let tables = [
    "audit_checkpoint", "audit_entry", "audit_epoch", "audit_hold", "audit_leaf", "audit_node",
    "audit_position",
    "authorization_code", "authorization_request", "client_assertion",
    "client_error_group", "code_send",
    "consent", "erasure", "idempotency_key", "invitation", "message",
    "outbox_event", "passkey", "passkey_challenge", "person", "person_address", "person_role",
    "platform_audit_entry", "quota_meter", "quota_usage",
    "recovery_code", "refresh_family", "revocation", "role", "session", "sign_in", "tenant",
    "tenant_authority", "tenant_certificate", "tenant_client", "tenant_enrollment_code",
    "tenant_issuer", "tenant_signing_key",
  ]

  /// The SQLSTATE with which the server refuses a statement.
  private func refusal(
    _ statement: Statement, _ pool: PostgresPool, in scope: TenantScope? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async -> String? {
    let error = await #expect(throws: PostgresError.self, sourceLocation: sourceLocation) {
      _ = try await pool.query(statement, in: scope)
    }
    return error?.sqlState
  }

  @Test("is migrated once: a second run applies nothing")
  func idempotent() async throws {
    try await PlatformFixture.with { (fixture) async throws -> Void in
      let migrator = Migrator(
        PlatformFixture.configuration(fixture.database, "owner"),
        migrations: PlatformMigrations.all, logger: .silent)
      #expect(try await migrator.migrate() == [])
      #expect(
        try await migrator.status()
          == MigrationStatus(applied: PlatformMigrations.all.map(\.version)))
    }
  }

  @Test("keeps tenants apart by the catalog's own words", .covers("S-D3", "S-D4"))
  func catalog() async throws {
    try await PlatformFixture.with { fixture in
      try await fixture.app.verifyApplicationRole(schemas: ["artel"])
      let tables = try await fixture.database.sql(
        """
        SELECT relname || ' ' || relrowsecurity || ' ' || relforcerowsecurity
        FROM pg_class WHERE relnamespace = 'artel'::regnamespace AND relkind = 'r'
          AND relname <> 'artel_migration' ORDER BY 1
        """)
      #expect(tables == Self.tables.map { "\($0) true true" }.joined(separator: "\n"))
      // The first column of every key is the tenant.
      let keys = try await fixture.database.sql(
        """
        SELECT count(*) FROM pg_index AS i JOIN pg_attribute AS a
          ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indisprimary AND i.indrelid::regclass::text LIKE 'artel.%'
          AND a.attname <> 'tenant_id' AND i.indrelid NOT IN ('artel.artel_migration'::regclass,
            -- No tenant's rows.
            'artel.audit_position'::regclass, 'artel.audit_hold'::regclass,
            'artel.platform_audit_entry'::regclass, 'artel.quota_meter'::regclass)
        """)
      #expect(keys == "0")
    }
  }

  @Test("refuses to serve with the owner, a superuser or a backup", .covers("S-D4"))
  func wrongRoles() async throws {
    try await PlatformFixture.with { fixture in
      for role in ["owner", "backup"] {
        await #expect(throws: RoleCheckFailure.self) {
          try await fixture.pool(role).verifyApplicationRole(schemas: ["artel"])
        }
      }
    }
  }

  @Test("shows the application nothing without a tenant", .covers("S-D1", "S-D2"))
  func noTenant() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      // Before and after a transaction with a tenant on the same connection.
      for _ in 0..<2 {
        for statement in [
          Statement("SELECT tenant_id FROM artel.tenant"),
          Statement("SELECT tenant_id FROM artel.tenant_signing_key"),
          Statement("SELECT tenant_id FROM artel.tenant_authority"),
          Statement("SELECT tenant_id FROM artel.tenant_client"),
          Statement("SELECT tenant_id FROM artel.tenant_issuer"),
          Statement("SELECT tenant_id FROM artel.audit_entry"),
        ] {
          #expect(try await fixture.app.query(statement, in: nil).isEmpty)
        }
        let rows = try await fixture.app.query(
          Statement("SELECT tenant_id FROM artel.tenant"), in: tenant.scope)
        #expect(try rows.map { try $0.uuid(0) } == [tenant.id])
      }
      let insertion = Statement(
        """
        INSERT INTO artel.audit_entry (tenant_id, audit_entry_id, actor, action, resource, change)
        VALUES ($1, $1, 'a', 'b', 'c', 'd')
        """, .uuid(tenant.id))
      #expect(await refusal(insertion, fixture.app) == "42501")
    }
  }

  @Test("shows a tenant its own rows and lets it write no others", .covers("S-D6"))
  func twoTenants() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      _ = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: ["a"], in: alpha)
      for statement in [
        Statement("SELECT tenant_id FROM artel.tenant"),
        Statement("SELECT tenant_id FROM artel.tenant_signing_key"),
        Statement("SELECT tenant_id FROM artel.tenant_authority"),
        Statement("SELECT tenant_id FROM artel.audit_entry"),
      ] {
        let rows = try await fixture.app.query(statement, in: beta.scope)
        #expect(try rows.map { try $0.uuid(0) } == [beta.id])
      }
      let clients = Statement("SELECT tenant_id FROM artel.tenant_client")
      #expect(try await fixture.app.query(clients, in: beta.scope).isEmpty)
      #expect(try await fixture.app.query(clients, in: alpha.scope).count == 1)
      let theft = Statement("UPDATE artel.tenant SET state = 'SUSPENDED'")
      #expect(try await fixture.app.execute(theft, in: beta.scope) == 1)
      #expect(try await fixture.platform.directory.tenant(named: "alpha")?.suspended == false)
      let forgery = Statement(
        """
        INSERT INTO artel.outbox_event (tenant_id, outbox_event_id, type, resource)
        VALUES ($1, $1, 'a', 'b')
        """, .uuid(alpha.id))
      #expect(await refusal(forgery, fixture.app, in: beta.scope) == "42501")
    }
  }

  @Test("lets the application add to the audit and change nothing there", .covers("S-H8"))
  func audit() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      for statement in [
        Statement("UPDATE artel.audit_entry SET change = 'x'"),
        Statement("DELETE FROM artel.audit_entry"), Statement("TRUNCATE artel.audit_entry"),
        Statement("DELETE FROM artel.outbox_event"),
        Statement("SELECT 1 FROM artel.outbox_event"),
        Statement("UPDATE artel.outbox_event SET type = 'x'"),
        Statement(
          """
          INSERT INTO artel.audit_entry
            (tenant_id, audit_entry_id, actor, action, resource, change, create_time)
          VALUES ($1, $1, 'a', 'b', 'c', 'd', '2001-01-01')
          """, .uuid(tenant.id)),
        Statement(
          """
          INSERT INTO artel.outbox_event (tenant_id, outbox_event_id, type, resource, xid)
          VALUES ($1, $1, 'a', 'b', '3')
          """, .uuid(tenant.id)),
      ] {
        #expect(await refusal(statement, fixture.app, in: tenant.scope) == "42501")
      }
      #expect(try await fixture.audit(tenant).count == 1)
    }
  }

  @Test("lets no row move to another tenant", .covers("S-D5"))
  func tenantColumn() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      for statement in [
        Statement("UPDATE artel.tenant SET tenant_id = $1", .uuid(beta.id)),
        Statement("UPDATE artel.tenant SET name = $1", .text("gamma")),
        Statement("UPDATE artel.tenant_client SET tenant_id = $1", .uuid(beta.id)),
        Statement("UPDATE artel.tenant_issuer SET issuer = $1", .text("https://evil.example")),
        Statement("UPDATE artel.tenant_signing_key SET x = $1", .text("x")),
        Statement("DELETE FROM artel.tenant WHERE name <> $1", .text("")),
      ] {
        #expect(await refusal(statement, fixture.app, in: alpha.scope) == "42501")
      }
    }
  }

  @Test("shows the directory who is who, and no secret", .covers("S-H3"))
  func directory() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      for statement in [
        Statement("SELECT secret_hashes FROM artel.tenant_client"),
        Statement("SELECT * FROM artel.tenant_client"),
        Statement("SELECT sealed_private_key FROM artel.tenant_signing_key"),
        Statement("SELECT sealed_key FROM artel.tenant_authority"),
        Statement("SELECT 1 FROM artel.audit_entry"), Statement("SELECT 1 FROM artel.outbox_event"),
      ] {
        #expect(await refusal(statement, fixture.directoryPool, in: tenant.scope) == "42501")
      }
      let update = Statement("UPDATE artel.tenant SET state = 'SUSPENDED'")
      #expect(["42501", "25006"].contains(await refusal(update, fixture.directoryPool)))
    }
  }

  @Test(
    "shows the dispatcher events, and the sealer entries, which it cannot change", .covers("S-H8"))
  func dispatcherAndSealer() async throws {
    try await PlatformFixture.with { fixture in
      _ = try await fixture.tenant("alpha")
      let sealer = fixture.pool("sealer")
      for statement in [
        Statement("SELECT kind FROM artel.tenant"),
        Statement("SELECT 1 FROM artel.tenant_signing_key"),
        Statement("UPDATE artel.outbox_event SET type = 'x'"),
      ] {
        #expect(await refusal(statement, fixture.dispatcherPool) == "42501")
        #expect(await refusal(statement, sealer) == "42501")
      }
      let entries = Statement("SELECT 1 FROM artel.audit_entry")
      #expect(await refusal(entries, fixture.dispatcherPool) == "42501")
      #expect(try await sealer.query(entries, in: nil).count == 1)
      let events = Statement("SELECT 1 FROM artel.outbox_event")
      #expect(try await fixture.dispatcherPool.query(events, in: nil).isEmpty)
      #expect(await refusal(events, sealer) == "42501")
    }
  }

  @Test("lets nobody but its owner change a log", .covers("S-H8"))
  func logs() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      let sealer = fixture.pool("sealer")
      for statement in [
        Statement("UPDATE artel.audit_leaf SET leaf_index = 1"),
        Statement("DELETE FROM artel.audit_leaf"), Statement("TRUNCATE artel.audit_leaf"),
        Statement("UPDATE artel.audit_node SET level = 1"),
        Statement("DELETE FROM artel.audit_node"),
        Statement("UPDATE artel.audit_checkpoint SET note = 'x'"),
        Statement("DELETE FROM artel.audit_checkpoint"),
        Statement("UPDATE artel.audit_entry SET change = 'x'"),
        Statement("DELETE FROM artel.audit_entry"),
      ] {
        #expect(await refusal(statement, fixture.app, in: tenant.scope) == "42501")
        #expect(await refusal(statement, sealer) == "42501")
      }
      for statement in [
        Statement("INSERT INTO artel.audit_leaf VALUES ($1, 0, $1, '\\x')", .uuid(tenant.id)),
        Statement("INSERT INTO artel.audit_checkpoint VALUES ($1, 1, '\\x', '')", .uuid(tenant.id)),
        Statement("SELECT 1 FROM artel.audit_position"),
        Statement("SELECT 1 FROM artel.platform_audit_entry"),
        Statement("DELETE FROM artel.platform_audit_entry"),
      ] {
        #expect(await refusal(statement, fixture.app, in: tenant.scope) == "42501")
      }
    }
  }
}
