import Postgres
import TestSupport
import Testing

@testable import Residential

@Suite("The tenants with commands that are due")
struct TenantsWithDueCommandsTests {
  @Test("are those whose command nobody takes care of, without the suspended")
  func due() async throws {
    try await World.run { world async throws in
      let pool = PostgresPool(world.complex.configuration("dispatcher"))
      let both = TenantsWithDueCommands(pool: pool, tenants: FixedTenants(ids: [world.a, world.b]))
      let other = TenantsWithDueCommands(pool: pool, tenants: FixedTenants(ids: [world.b]))
      #expect(try await both.activeTenantIDs() == [])
      _ = try await world.leave(.sent, deadline: 60, lease: 60, in: world.b)
      #expect(try await both.activeTenantIDs() == [])
      _ = try await world.leave(.sent, deadline: 60)
      #expect(try await both.activeTenantIDs() == [world.a])
      #expect(try await other.activeTenantIDs() == [])
      await world.recover()
      #expect(try await both.activeTenantIDs() == [])
      await pool.shutdown()
    }
  }

  @Test("are all that the role sees of commands")
  func columns() async throws {
    try await World.run { world async throws in
      _ = try await world.leave(.sent, deadline: 60)
      let pool = PostgresPool(world.complex.configuration("dispatcher"))
      for statement in [
        Statement("SELECT subject FROM artel.command"),
        Statement("SELECT command_id FROM artel.command"),
        Statement("UPDATE artel.command SET lease_until = now()"),
        Statement("DELETE FROM artel.command"),
      ] {
        await #expect(throws: PostgresError.self) {
          try await pool.query(statement, in: TenantScope(tenantID: world.a, actor: "test"))
        }
      }
      await pool.shutdown()
    }
  }
}
