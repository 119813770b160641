import Postgres
import TestSupport
import Testing

@Suite("One round trip", .serialized)
struct QueryTests {
  @Test("carries values of every type there and back")
  func types() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let time = Timestamp(seconds: 1_700_000_000, nanoseconds: 123_456_000)
      let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e"
      let rows = try await pool.query(
        Statement(
          """
          SELECT $1::text, $2::int8, $3::int4, $4::float8, $5::bool, $6::uuid, $7::bytea,
            $8::timestamptz, $9::jsonb, $10::text[], $11::uuid[], $12::int8[],
            7::int2, 1.5::real, '{"a": 1}'::json, 'name'::name, $1::varchar
          """,
          .text("grüße 🌱"), .int(-42), .int4(7), .double(-0.5), .bool(true), .uuid(uuid),
          .bytes([0, 1, 255]), .timestamp(time), .jsonb(#"{"k": ["v"]}"#),
          .textArray(["a", "", "c,\"d\""]), .uuidArray([uuid]), .int8Array([1, -2])),
        in: nil)
      let row = try #require(rows.first)
      #expect(row.count == 17)
      #expect(try row.text(0) == "grüße 🌱")
      #expect(try row.int(1) == -42)
      #expect(try row.int(2) == 7)
      #expect(try row.double(3) == -0.5)
      #expect(try row.bool(4))
      #expect(try row.uuid(5) == uuid)
      #expect(try row.bytes(6) == [0, 1, 255])
      #expect(try row.timestamp(7) == time)
      #expect(try row.text(8) == #"{"k": ["v"]}"#)
      #expect(try row.textArray(9) == ["a", "", "c,\"d\""])
      #expect(try row.textArray(10) == [uuid])
      #expect(try row.int(12) == 7)
      #expect(try row.double(13) == 1.5)
      #expect(try row.text(14) == #"{"a": 1}"#)
      #expect(try row.text(15) == "name")
      #expect(try row.text(16) == "grüße 🌱")
    }
  }

  @Test("carries nulls of every type, and one statement takes values and nulls in turn")
  func nulls() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      for value in [nil, 5, nil] as [Int?] {
        let rows = try await pool.query(
          Statement(
            "SELECT $1, $2, $3, $4, $5, $6",
            .int(value), .text(nil), .uuid(nil), .timestamp(nil), .textArray(nil), .bool(nil)),
          in: nil)
        let row = try #require(rows.first)
        #expect(try row.optionalInt(0) == value)
        #expect(try row.optionalText(1) == nil)
        #expect(try row.optionalUUID(2) == nil)
        #expect(try row.optionalTimestamp(3) == nil)
        #expect(try row.optionalTextArray(4) == nil)
        #expect(try row.optionalBool(5) == nil)
        #expect(try row.isNull(1))
      }
    }
  }

  @Test("refuses a column that is null, absent or of another type")
  func decoding() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let rows = try await pool.query(
        Statement("SELECT NULL::text, 1, 1.5::numeric, ARRAY['a', NULL], 'infinity'::timestamptz"),
        in: nil)
      let row = try #require(rows.first)
      #expect(throws: PostgresError.self) { try row.text(0) }
      #expect(throws: PostgresError.self) { try row.text(1) }
      #expect(throws: PostgresError.self) { try row.text(2) }
      #expect(throws: PostgresError.self) { try row.textArray(3) }
      #expect(throws: PostgresError.self) { try row.timestamp(4) }
      #expect(throws: PostgresError.self) { try row.int(5) }
      #expect(throws: PostgresError.self) { try row.bool(-1) }
    }
  }

  @Test("refuses NUL in text before anything is sent, and says which parameter it is")
  func nul() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let error = try await failure {
        _ = try await pool.query(
          Statement("SELECT $1, $2", .int(1), .text("secret\0text")), in: nil)
      }
      #expect(error.code == .invalidParameter)
      #expect(error.description.contains("parameter 2"))
      #expect(!error.description.contains("secret"))
      #expect(pool.statistics == PoolStatistics())
    }
  }

  @Test("refuses a scope whose tenant is not a UUID or whose actor has NUL")
  func malformedScope() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      for scope in [
        TenantScope(tenantID: "", actor: "a"),
        TenantScope(tenantID: "11111111-1111-4111-8111-11111111111z", actor: "a"),
        TenantScope(tenantID: TenantDatabase.first.tenantID, actor: "a\0"),
      ] {
        let error = try await failure { _ = try await pool.query(.count, in: scope) }
        #expect(error.code == .invalidParameter)
      }
    }
  }

  @Test("runs several statements as one transaction: all or none")
  func pipeline() async throws {
    let database = try await TenantDatabase()
    let scope = TenantDatabase.first
    try await database.withPool { pool in
      let error = try await failure {
        _ = try await pool.pipeline(
          [.insert(scope, 1, "one"), .insert(scope, 2, ""), .insert(scope, 3, "three")], in: scope)
      }
      #expect(error.code == .checkViolation)
      #expect(error.constraint == "note_body_check")
      #expect(try await pool.read(.count, in: scope).first?.int(0) == 0)
      let results = try await pool.pipeline(
        [.insert(scope, 1, "one"), .insert(scope, 2, "two"), .bodies], in: scope)
      #expect(results.map(\.count) == [0, 0, 2])
      #expect(try results[2].map { try $0.text(0) } == ["one", "two"])
    }
  }

  @Test("gives affected rows, and carries the actor to the row")
  func affected() async throws {
    let database = try await TenantDatabase()
    let scope = TenantDatabase.first
    try await database.withPool { pool in
      #expect(try await pool.execute(.insert(scope, 1, "one"), in: scope) == 1)
      let changed = try await pool.execute(
        Statement("UPDATE note SET body = 'x' WHERE id = $1", .int(9)), in: scope)
      #expect(changed == 0)
      let rows = try await pool.read(Statement("SELECT author FROM note"), in: scope)
      #expect(try rows.first?.text(0) == "ann")
    }
  }

  @Test("lets a read change nothing")
  func readOnly() async throws {
    let database = try await TenantDatabase()
    let scope = TenantDatabase.first
    try await database.withPool { pool in
      let error = try await failure {
        _ = try await pool.read(.insert(scope, 1, "one"), in: scope)
      }
      #expect(error.sqlState == "25006")
      // The setting was the transaction's own: the same connection writes again.
      #expect(try await pool.execute(.insert(scope, 1, "one"), in: scope) == 1)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("sends and receives more than the socket's buffers hold, both ways at once")
  func large() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let block = [UInt8](repeating: 0xA5, count: 6 << 20)
      let echo = Statement("SELECT $1", .bytes(block))
      let results = try await pool.pipeline([echo, echo, echo], in: nil)
      for rows in results { #expect(try rows.first?.bytes(0) == block) }
    }
  }

  @Test("ends a result above the limit, and the connection serves on")
  func tooLarge() async throws {
    let database = try await TenantDatabase()
    try await database.withPool {
      $0.resultByteLimit = 1 << 20; $0.poolSize = 1
    } _: { pool in
      let error = try await failure {
        _ = try await pool.query(
          Statement("SELECT repeat('x', 1000), generate_series(1, 100000000)"), in: nil)
      }
      #expect(error.code == .resultTooLarge)
      #expect(try await pool.query(Statement("SELECT 1"), in: nil).first?.int(0) == 1)
      #expect(pool.statistics.created == 1)
    }
  }

  @Test("reports an error of the SQL with its message, which names objects only")
  func syntax() async throws {
    let database = try await TenantDatabase()
    try await database.withPool { pool in
      let error = try await failure {
        _ = try await pool.query(Statement("SELECT nothing_like_this FROM note"), in: nil)
      }
      #expect(error.code == .server)
      #expect(error.sqlState == "42703")
      #expect(error.description.contains("nothing_like_this"))
      // A COPY cannot run in a pipeline: refused, and the pool goes on.
      _ = try await failure { _ = try await pool.query(Statement("COPY note TO STDOUT"), in: nil) }
      #expect(try await pool.query(Statement("SELECT 1"), in: nil).first?.int(0) == 1)
    }
  }
}
