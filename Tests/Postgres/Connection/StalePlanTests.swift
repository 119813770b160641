import Postgres
import TestSupport
import Testing

@Suite("Prepared statements that became stale", .serialized)
struct StalePlanTests {
  private let scope = TenantDatabase.first
  private let everything = Statement("SELECT * FROM note")

  @Test("a unit whose result changed its shape is prepared anew")
  func changedShape() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      _ = try await pool.execute(.insert(scope, 1, "one"), in: scope)
      #expect(try await pool.read(everything, in: scope).first?.count == 4)
      try await database.fixture.sql("ALTER TABLE note ADD COLUMN extra text")
      #expect(try await pool.read(everything, in: scope).first?.count == 5)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("so is the first statement of a transaction")
  func transaction() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      _ = try await pool.execute(.insert(scope, 1, "one"), in: scope)
      for added in 0..<2 {
        let columns = try await pool.transaction(in: scope) { transaction in
          try await transaction.query(everything).first?.count
        }
        #expect(columns == 4 + added)
        try await database.fixture.sql("ALTER TABLE note ADD COLUMN extra\(added) text")
      }
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 1)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("a later statement of a transaction fails once, and works in the next transaction")
  func later() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      _ = try await pool.execute(.insert(scope, 1, "one"), in: scope)
      _ = try await pool.read(everything, in: scope)
      try await database.fixture.sql("ALTER TABLE note ADD COLUMN extra text")
      func readLate() async throws -> Int? {
        try await pool.transaction(in: scope) { transaction in
          _ = try await transaction.query(.count)
          return try await transaction.query(everything).first?.count
        }
      }
      let error = try await failure { _ = try await readLate() }
      #expect(error.sqlState == "0A000")
      #expect(try await readLate() == 5)
    }
  }

  @Test("statements that somebody deallocated are prepared again")
  func deallocated() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      _ = try await pool.read(.count, in: scope)
      _ = try await pool.query(Statement("DEALLOCATE ALL"), in: nil)
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
      #expect(pool.statistics.created == 1)
    }
  }
}
