import Pipeline
import Postgres
import Storage
import TestSupport
import Testing

@testable import Residential

@Suite("What is a person's own")
struct RowReachTests {
  /// Every table that a person's call reads, with what tells its rows apart.
  private static let statements: [(table: String, own: [String], statement: Statement)] = [
    (
      "unit", ["flat-1"], Statement("SELECT DISTINCT unit_id FROM artel.unit ORDER BY 1")
    ),
    (
      "member", ["anna", "ivan", "oleg", "past"],
      Statement("SELECT member_id FROM artel.member ORDER BY 1")
    ),
    (
      "unit_access_point", ["flat-1"],
      Statement("SELECT DISTINCT unit_id FROM artel.unit_access_point ORDER BY 1")
    ),
    (
      "access_point", ["barrier", "gate", "main-door"],
      Statement("SELECT access_point_id FROM artel.access_point ORDER BY 1")
    ),
    (
      "property", ["north"], Statement("SELECT property_id FROM artel.property ORDER BY 1")
    ),
    (
      "command", ["flat-1"], Statement("SELECT DISTINCT unit_id FROM artel.command ORDER BY 1")
    ),
    (
      "access_event", ["flat-1"],
      Statement("SELECT DISTINCT unit_id FROM artel.access_event ORDER BY 1")
    ),
    ("partner", [], Statement("SELECT partner_id FROM artel.partner")),
    ("audit_entry", [], Statement("SELECT action FROM artel.audit_entry")),
    ("person", [], Statement("SELECT person_id FROM artel.person")),
    ("tenant_client", [], Statement("SELECT client_id FROM artel.tenant_client")),
  ]

  private func rows(
    _ statement: Statement, _ world: World, as actor: Storage.Actor
  ) async throws -> [String] {
    try await world.database.query(statement, as: actor, deadline: nil).map { try $0.text(0) }
  }

  @Test("is what belongs to its units, whatever a statement asks", .covers("A23", "S-D12"))
  func own() async throws {
    try await World.run { world async throws in
      _ = try await world.open(World.point, as: "anna")
      _ = try await world.open(
        "properties/north/accessPoints/back-door", as: "vera", unit: "units/flat-2")
      // A refusal is in the journal at once.
      await expectRefusal(.permissionDenied, "ACCESS_DENIED") {
        try await world.open(World.point, as: "oleg")
      }
      let anna = Storage.Actor(try world.user("anna", in: world.a).caller)
      #expect(anna.reach == .own)
      for (table, own, statement) in Self.statements {
        #expect(try await rows(statement, world, as: anna) == own, "\(table)")
      }
      // Her commands, too, are nobody's who does not live there.
      let vera = Storage.Actor(try world.user("vera", in: world.a).caller)
      let units = Statement("SELECT DISTINCT unit_id FROM artel.command")
      #expect(try await rows(units, world, as: vera) == ["flat-2"])
    }
  }

  @Test("is nothing without a membership, after its end, or in another tenant", .covers("A23"))
  func nothing() async throws {
    try await World.run { world async throws in
      _ = try await world.open(World.point, as: "anna")
      for person in ["nobody", "past"] {
        let actor = Storage.Actor(try world.user(person, in: world.a).caller)
        for (table, _, statement) in Self.statements {
          #expect(try await rows(statement, world, as: actor) == [], "\(person) \(table)")
        }
      }
      let elsewhere = Storage.Actor(try world.user("anna", in: world.b).caller)
      let commands = Statement("SELECT DISTINCT unit_id FROM artel.command")
      #expect(try await rows(commands, world, as: elsewhere) == [])
    }
  }

  @Test("is all that it writes to, too", .covers("A23"))
  func writes() async throws {
    try await World.run { world async throws in
      let scope = TenantScope(tenantID: world.a, actor: "artel:anna")
      let insertion = Statement(
        "INSERT INTO artel.unit (tenant_id, unit_id, property_id, number) VALUES ($1, 'x', 'north', '')",
        .uuid(world.a))
      let refused = await #expect(throws: PostgresError.self) {
        try await world.complex.pool.execute(insertion, in: scope)
      }
      #expect(refused?.code == .insufficientPrivilege)
      // Nothing of another unit is there to be changed.
      let change = Statement("UPDATE artel.command SET partner_code = 'x' WHERE unit_id = 'flat-2'")
      _ = try await world.open(
        "properties/north/accessPoints/back-door", as: "vera", unit: "units/flat-2")
      #expect(try await world.complex.pool.execute(change, in: scope) == 0)
    }
  }

  @Test("is all that is seen where nobody says how far a call reaches", .covers("A23"))
  func forgotten() async throws {
    try await World.run { world async throws in
      let forgotten = TenantScope(tenantID: world.a, actor: "services/somebody")
      for (table, _, statement) in Self.statements {
        let found = try await world.complex.pool.query(statement, in: forgotten)
        #expect(found.isEmpty, "\(table)")
      }
    }
  }

  @Test("is said by every table, in a policy that nothing widens", .covers("A23", "S-D3"))
  func catalog() async throws {
    let complex = try await ComplexDatabase.shared()
    // A person may know of its own tenant; and nobody, however much of the tenant it reaches, sees the
    // answers that repeated calls of others get.
    let open = try await complex.fixture.sql(
      """
      SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'artel'::regnamespace AND c.relkind IN ('r', 'p')
        AND a.attname = 'tenant_id' AND NOT a.attisdropped
        AND NOT EXISTS (SELECT FROM pg_policy AS p
          WHERE p.polrelid = c.oid AND p.polname = 'own_rows' AND NOT p.polpermissive
            AND p.polcmd IN ('*', 'r')
            AND pg_get_expr(p.polqual, p.polrelid) LIKE '%artel.rows%')
      ORDER BY 1
      """)
    #expect(open == "idempotency_key\ntenant")
    // What runs as its owner is known, and cannot be led elsewhere (S-D7).
    let definers = try await complex.fixture.sql(
      """
      SELECT proname || ' ' || array_to_string(proconfig, ',') FROM pg_proc
      WHERE pronamespace = 'artel'::regnamespace AND prosecdef ORDER BY 1
      """)
    #expect(definers == "own_units search_path=pg_catalog, pg_temp")
  }
}
