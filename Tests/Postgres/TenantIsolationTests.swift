import Postgres
import TestSupport
import Testing

@Suite("The wall between tenants", .serialized)
struct TenantIsolationTests {
  private let first = TenantDatabase.first
  private let second = TenantDatabase.second

  @Test("shows no row and takes no row without a scope", .covers("S-D1"))
  func noScope() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      _ = try await pool.execute(.insert(first, 1, "one"), in: first)
      #expect(try await pool.read(.count, in: nil).first?.int(0) == 0)
      #expect(try await pool.execute(Statement("UPDATE note SET body = 'x'"), in: nil) == 0)
      #expect(try await pool.execute(Statement("DELETE FROM note"), in: nil) == 0)
      let error = try await failure {
        _ = try await pool.execute(.insert(first, 2, "two"), in: nil)
      }
      #expect(error.code == .insufficientPrivilege)
      #expect(error.sqlState == "42501")
      #expect(error.failure == .insufficientPrivilege)
      #expect(try await pool.read(.bodies, in: first).map { try $0.text(0) } == ["one"])
    }
  }

  @Test(
    "a connection that served a tenant shows nothing afterwards, without a cast error",
    .covers("S-D2"))
  func afterwards() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      // Before any use the setting is NULL, afterwards it is ''.
      #expect(try await pool.read(.count, in: nil).first?.int(0) == 0)
      _ = try await pool.execute(.insert(first, 1, "one"), in: first)
      #expect(try await pool.read(.count, in: nil).first?.int(0) == 0)
      #expect(try await pool.read(.count, in: second).first?.int(0) == 0)
      let setting = Statement("SELECT current_setting('artel.tenant_id', true)")
      #expect(try await pool.read(setting, in: nil).first?.text(0) == "")
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("a statement in another scope leaves its transaction in its own", .covers("S-D2"))
  func anotherScope() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      try await pool.transaction(in: first) { transaction in
        try await transaction.execute(.insert(first, 1, "one"))
        #expect(try await transaction.execute(.insert(second, 2, "two"), in: second) == 1)
        #expect(try await transaction.query(.bodies).map { try $0.text(0) } == ["one"])
        try await transaction.execute(.insert(first, 3, "three"))
      }
      #expect(try await pool.read(.bodies, in: second).map { try $0.text(0) } == ["two"])
      #expect(try await pool.read(.count, in: first).first?.int(0) == 2)
      // What fails there ends the transaction: nothing more is run in a scope that is not its own.
      let error = try await failure {
        try await pool.transaction(in: first) { transaction in
          try await transaction.execute(.insert(first, 4, "four"))
          _ = try? await transaction.execute(.insert(first, 5, "five"), in: second)
          try await transaction.execute(.insert(second, 6, "six"))
        }
      }
      #expect(error.code == .transactionAborted)
      #expect(try await pool.read(.count, in: first).first?.int(0) == 2)
      #expect(try await pool.read(.count, in: second).first?.int(0) == 1)
    }
  }

  @Test("a setting left in the session lets nothing through", .covers("S-D1", "S-D2"))
  func leftSetting() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      _ = try await pool.execute(.insert(first, 1, "one"), in: first)
      _ = try await pool.query(
        Statement("SELECT set_config('artel.tenant_id', $1, false)", .text(first.tenantID)),
        in: nil)
      #expect(try await pool.read(.count, in: nil).first?.int(0) == 0)
      #expect(try await pool.read(.count, in: second).first?.int(0) == 0)
      let inTransaction = try await pool.transaction(in: nil) { transaction in
        try await transaction.query(.count).first?.int(0)
      }
      #expect(inTransaction == 0)
    }
  }

  @Test("a row cannot be moved to another tenant, nor made for one", .covers("S-D5"))
  func move() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      _ = try await pool.execute(.insert(first, 1, "one"), in: first)
      let moved = try await failure {
        _ = try await pool.execute(
          Statement("UPDATE note SET tenant_id = $1", .uuid(second.tenantID)), in: first)
      }
      #expect(moved.sqlState == "42501")
      let made = try await failure {
        _ = try await pool.execute(.insert(second, 1, "one"), in: first)
      }
      #expect(made.sqlState == "42501")
    }
  }

  @Test(
    "one prepared statement with a generic plan gives each tenant its own rows",
    .covers("S-D11"))
  func genericPlan() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.poolSize = 1
    } _: { pool in
      for (scope, body) in [(first, "first"), (second, "second")] {
        _ = try await pool.pipeline((1...20).map { .insert(scope, $0, body) }, in: scope)
      }
      let generic = Statement("SET plan_cache_mode = force_generic_plan")
      _ = try await pool.query(generic, in: nil)
      let read = Statement("SELECT body FROM note WHERE id = ANY($1)", .int8Array([1, 2, 3]))
      for round in 0..<30 {
        let (scope, body) = round % 2 == 0 ? (first, "first") : (second, "second")
        let bodies = try await pool.read(read, in: scope).map { try $0.text(0) }
        #expect(bodies == [body, body, body])
        #expect(try await pool.read(read, in: nil).isEmpty)
      }
      let plans = try await pool.query(
        Statement(
          """
          SELECT sum(generic_plans) >= 30, count(*) = 1 FROM pg_prepared_statements
          WHERE statement LIKE 'SELECT body FROM note WHERE%'
          """), in: nil)
      #expect(try plans.first?.bool(0) == true)
      #expect(try plans.first?.bool(1) == true)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("an error never shows the values of a row", .covers("S-D18"))
  func values() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let secret = "canary-7f3a"
      _ = try await pool.execute(.insert(first, 424_242, secret), in: first)
      var errors: [PostgresError] = []
      errors.append(
        try await failure { _ = try await pool.execute(.insert(first, 424_242, secret), in: first) }
      )
      errors.append(
        try await failure {
          _ = try await pool.query(Statement("SELECT $1::text::uuid", .text(secret)), in: first)
        })
      errors.append(
        try await failure {
          _ = try await pool.query(Statement("SELECT $1::text::int", .text(secret)), in: first)
        })
      #expect(errors.map(\.code) == [.uniqueViolation, .invalidValue, .invalidValue])
      #expect(errors[0].failure == .uniqueViolation(constraint: "note_pkey"))
      for error in errors {
        var dumped = "\(error) \(String(reflecting: error))"
        dump(error, to: &dumped)
        #expect(!dumped.contains(secret))
        #expect(!dumped.contains("424242"))
      }
    }
  }
}
