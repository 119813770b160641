import Postgres
import Synchronization
import TestSupport
import Testing

@Suite("A transaction", .serialized)
struct TransactionTests {
  private let scope = TenantDatabase.first
  private struct Deliberate: Error {}

  @Test("commits what its body did, in the tenant's name")
  func commit() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let bodies = try await pool.transaction(in: scope) { transaction in
        #expect(try await transaction.execute(.insert(scope, 1, "one")) == 1)
        try await transaction.pipeline([.insert(scope, 2, "two"), .insert(scope, 3, "three")])
        return try await transaction.query(.bodies).map { try $0.text(0) }
      }
      #expect(bodies == ["one", "two", "three"])
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 3)
    }
  }

  @Test("rolls back when its body throws, and the connection serves on")
  func rollback() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      await #expect(throws: Deliberate.self) {
        try await pool.transaction(in: scope) { transaction in
          try await transaction.execute(.insert(scope, 1, "one"))
          throw Deliberate()
        }
      }
      let count = try await pool.read(.count, in: scope).first?.int(0)
      #expect(count == 0)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("takes no connection when its body sends nothing")
  func empty() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let result = try await pool.transaction(in: scope) { _ in 7 }
      #expect(result == 7)
      #expect(pool.statistics.created == 0)
    }
  }

  @Test("refuses to call a rollback a commit when the body hid an error")
  func hiddenError() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let error = try await failure {
        try await pool.transaction(in: scope) { transaction in
          try await transaction.execute(.insert(scope, 1, "one"))
          _ = try? await transaction.execute(.insert(scope, 1, "again"))
          let refused = try await failure { _ = try await transaction.query(.count) }
          #expect(refused.code == .transactionAborted)
        }
      }
      #expect(error.code == .transactionAborted)
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
    }
  }

  @Test("reports an error that comes only with the commit, of a unit as well")
  func deferred() async throws {
    let database = try await TenantDatabase()
    try await database.fixture.sql(
      "ALTER TABLE note ADD CONSTRAINT once UNIQUE (tenant_id, body) DEFERRABLE INITIALLY DEFERRED")
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      let inTransaction = try await failure {
        try await pool.transaction(in: scope) { transaction in
          _ = try await transaction.pipeline([.insert(scope, 1, "one"), .insert(scope, 2, "one")])
        }
      }
      let inUnit = try await failure {
        _ = try await pool.pipeline(
          [.insert(scope, 1, "one"), .insert(scope, 2, "one")], in: scope)
      }
      for error in [inTransaction, inUnit] {
        #expect(error.failure == .uniqueViolation(constraint: "once"))
      }
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("runs its body again after a serialization failure, when asked to", .covers("S-G13"))
  func serialization() async throws {
    let database = try await TenantDatabase()
    let scope = scope
    try await database.withPool { pool in
      _ = try await pool.execute(.insert(scope, 1, "0"), in: scope)
      let increment = Statement(
        "UPDATE note SET body = (body::int + 1)::text WHERE id = 1")
      // A collision made by hand: another transaction changes the row between snapshot and update.
      @Sendable func collide(retries: Int) async throws -> Int {
        var runs = 0
        try await pool.transaction(
          in: scope, isolation: .repeatableRead, retries: retries
        ) { transaction in
          runs += 1
          _ = try await transaction.query(.count)
          if runs == 1 { _ = try await pool.execute(increment, in: scope) }
          try await transaction.execute(increment)
        }
        return runs
      }
      let error = try await failure { _ = try await collide(retries: 0) }
      #expect(error.code == .serializationFailure)
      #expect(error.failure == .serialization)
      #expect(try await collide(retries: 3) == 2)
      #expect(try await pool.read(.bodies, in: scope).first?.text(0) == "3")
    }
  }

  @Test("sees one snapshot at repeatable read, and refuses write skew when serializable")
  func isolation() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let counts = try await pool.transaction(
        in: scope, isolation: .repeatableRead
      ) { transaction in
        let before = try await transaction.query(.count).first?.int(0)
        _ = try await pool.execute(.insert(scope, 1, "one"), in: scope)
        return [before, try await transaction.query(.count).first?.int(0)]
      }
      #expect(counts == [0, 0])
      let error = try await failure {
        try await pool.transaction(in: scope, isolation: .serializable) { outer in
          _ = try await outer.query(.count)
          try await pool.transaction(in: scope, isolation: .serializable) { inner in
            _ = try await inner.query(.count)
            try await inner.execute(.insert(scope, 2, "inner"))
          }
          try await outer.execute(.insert(scope, 3, "outer"))
        }
      }
      #expect(error.code == .serializationFailure)
    }
  }

  @Test("closes a connection that comes back with an open transaction")
  func leftOpen() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      _ = try await pool.query(Statement("BEGIN"), in: scope)
      _ = try await pool.execute(.insert(scope, 1, "one"), in: scope)
      // The first connection was thrown away with its BEGIN; the insert committed on another.
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 1)
      #expect(pool.statistics.created == 2)
    }
  }

  @Test("leaves a body that goes on after its connection broke with the error")
  func lostInside() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let error = try await failure {
        try await pool.transaction(in: scope) { transaction in
          let rows = try await transaction.query(Statement("SELECT pg_backend_pid()"))
          let process = try #require(try rows.first?.int(0))
          try await database.fixture.sql("SELECT pg_terminate_backend(\(process), 5000)")
          let first = try await failure { _ = try await transaction.query(.count) }
          #expect(first.code == .unavailable)
          _ = try? await transaction.query(.count)
        }
      }
      #expect(error.code == .unavailable)
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
    }
  }
}
