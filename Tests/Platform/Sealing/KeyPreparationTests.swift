import LibCrypto
import Pipeline
import Postgres
import Storage
import StorageTestSupport
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("The keys of a person's change")
struct KeyPreparationTests {
  @Test("are fetched before it has a connection, and it has none while they are waited for")
  func first() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      let store = MemoryKeyStore()
      let database = TenantDatabase(
        pool: fixture.app, hub: fixture.hub,
        vault: TenantVault(store: store, encryption: FileKeyEncryption(fixture.key)))
      let connections = Mutex<[Int]>([])
      let pool = fixture.app
      store.state.withLock { state in
        state.read = { connections.withLock { $0.append(pool.statistics.inUse) } }
      }
      try await change(database, in: tenant)
      #expect(connections.withLock { !$0.isEmpty && $0.allSatisfy { $0 == 0 } })
    }
  }

  @Test("are the change's own trouble where the key store is away", .covers("S-F16"))
  func away() async throws {
    try await PlatformFixture.with { fixture in
      let tenant = try await fixture.tenant("alpha")
      let store = MemoryKeyStore()
      let database = TenantDatabase(
        pool: fixture.app, hub: fixture.hub,
        vault: TenantVault(store: store, encryption: FileKeyEncryption(fixture.key)))
      store.state.withLock { $0.fails = true }
      // One that tells of no person goes on without keys.
      let actor = Actor(caller(in: tenant))
      let rows = try await database.change(as: actor, action: "test", deadline: nil) { change in
        try await change.query(Statement("SELECT 1"))
      }
      #expect(rows.count == 1)
      await #expect(throws: MemoryKeyStore.Failure.self) { try await change(database, in: tenant) }
      store.state.withLock { $0.fails = false }
      #expect(try await eventually { (try? await change(database, in: tenant)) != nil })
    }
  }

  private func caller(in tenant: Tenant) -> Caller {
    Caller(
      tenant: tenant, principal: Principal(kind: .user, subject: "artel:anna"), rows: .tenant)
  }

  private func change(_ database: TenantDatabase, in tenant: Tenant) async throws {
    try await database.change(
      as: Actor(caller(in: tenant)), action: "test", deadline: nil
    ) { change in
      try await change.record(resource: "doors/1", change: "tried")
    }
  }
}
