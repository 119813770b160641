import LibCrypto
import Platform
import Postgres
import Residential
import Storage
import TestSupport
import Testing

@Suite("The tables of the domain")
struct RowSecurityTests {
  static let tables = [
    "property", "access_point", "unit", "unit_access_point", "member", "partner", "command",
    "access_event",
  ]

  @Test("keep tenants apart, as the check at start wants it", .covers("S-D3", "S-D4"))
  func roleCheck() async throws {
    let complex = try await ComplexDatabase.shared()
    try await complex.pool.verifyApplicationRole(schemas: ["artel"])
    for table in Self.tables {
      let flags = try await complex.fixture.sql(
        """
        SELECT relrowsecurity AND relforcerowsecurity FROM pg_class
        WHERE oid = 'artel.\(table)'::regclass
        """)
      #expect(flags == "t", "\(table)")
    }
  }

  @Test("show no row without a tenant, and only its own with one", .covers("S-D1", "S-D2"))
  func visibility() async throws {
    try await World.run { world async throws in
      _ = try await world.open(World.point, as: "anna", in: world.a)
      let tables: [Statement] = [
        Statement("SELECT tenant_id FROM artel.property"),
        Statement("SELECT tenant_id FROM artel.access_point"),
        Statement("SELECT tenant_id FROM artel.unit"),
        Statement("SELECT tenant_id FROM artel.unit_access_point"),
        Statement("SELECT tenant_id FROM artel.member"),
        Statement("SELECT tenant_id FROM artel.partner"),
        Statement("SELECT tenant_id FROM artel.command"),
        Statement("SELECT tenant_id FROM artel.access_event"),
      ]
      for table in tables {
        #expect(try await world.complex.pool.query(table, in: nil).isEmpty)
        let rows = try await world.complex.pool.query(
          table, in: TenantScope(tenantID: world.b, actor: "test", rows: .tenant))
        for row in rows { #expect(try row.uuid(0) == world.b) }
      }
    }
  }

  @Test("take no row for another tenant", .covers("S-D5"))
  func foreignRows() async throws {
    try await World.run { world async throws in
      let scope = TenantScope(tenantID: world.a, actor: "test", rows: .tenant)
      let error = await #expect(throws: PostgresError.self) {
        try await world.complex.pool.execute(
          Statement(
            """
            INSERT INTO artel.property (tenant_id, property_id, display_name, address)
            VALUES ($1, 'x', '', '')
            """,
            .uuid(world.b)), in: scope)
      }
      #expect(error?.code == .insufficientPrivilege)
      let references = await #expect(throws: PostgresError.self) {
        try await world.complex.pool.execute(
          Statement("UPDATE artel.command SET tenant_id = $1", .uuid(world.b)), in: scope)
      }
      #expect(references?.code == .insufficientPrivilege)
    }
  }

  @Test("cannot be emptied, and nothing that a state freezes can be changed")
  func frozen() async throws {
    try await World.run { world async throws in
      let scope = TenantScope(tenantID: world.a, actor: "test", rows: .tenant)
      let statements: [Statement] = [
        Statement("DELETE FROM artel.command"), Statement("DELETE FROM artel.access_event"),
        Statement("TRUNCATE artel.member"), Statement("UPDATE artel.access_event SET result = 'x'"),
        Statement("UPDATE artel.command SET unit_id = 'flat-2'"),
        Statement("UPDATE artel.command SET subject = 'artel:x'"),
        Statement("UPDATE artel.command SET access_point_id = 'gate'"),
        Statement("UPDATE artel.command SET deadline = now()"),
        Statement("UPDATE artel.command SET partner_key = 'x'"),
        Statement("UPDATE artel.command SET reasons = '{}'"),
        Statement("UPDATE artel.member SET role = 'OWNER'"),
        Statement("UPDATE artel.partner SET partner_id = 'x'"),
      ]
      for statement in statements {
        let error = await #expect(throws: PostgresError.self) {
          try await world.complex.pool.execute(statement, in: scope)
        }
        #expect(error?.code == .insufficientPrivilege, "\(statement.sql)")
      }
    }
  }

  @Test("refuse a command that lacks what its state requires")
  func required() async throws {
    try await World.run { world async throws in
      let scope = TenantScope(tenantID: world.a, actor: "test", rows: .tenant)
      let command = try await world.open(World.point, as: "anna")
      let id = String(command.name.dropFirst("commands/".count))
      let states: [Statement] = [
        Statement("UPDATE artel.command SET state = 'EXECUTED' WHERE command_id = $1", .uuid(id)),
        Statement("UPDATE artel.command SET state = 'FAILED' WHERE command_id = $1", .uuid(id)),
        Statement("UPDATE artel.command SET state = 'DENIED' WHERE command_id = $1", .uuid(id)),
        Statement("UPDATE artel.command SET ack_time = NULL WHERE command_id = $1", .uuid(id)),
        Statement("UPDATE artel.command SET lease_until = NULL WHERE command_id = $1", .uuid(id)),
        Statement("UPDATE artel.command SET state = 'OPEN' WHERE command_id = $1", .uuid(id)),
      ]
      for statement in states {
        let error = await #expect(throws: PostgresError.self) {
          try await world.complex.pool.execute(statement, in: scope)
        }
        #expect(error?.code == .checkViolation, "\(statement.sql)")
      }
    }
  }
}
