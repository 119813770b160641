import Postgres
import Synchronization
import TestSupport

/// Many tenants' transactions over few connections, in which everything goes wrong that can: tasks
/// are cancelled, statements fail, deadlines pass, and the server ends connections. Which, when and
/// for whom is drawn from seeds; each row carries its tenant as a canary.
struct Interleaving {
  private enum Deliberate: Error { case thrown }

  /// What was seen.
  final class Tally: Sendable {
    private let numbers = Mutex((foreign: 0, finished: 0, killed: 0))
    var foreign: Int { numbers.withLock { $0.foreign } }
    var finished: Int { numbers.withLock { $0.finished } }
    var killed: Int { numbers.withLock { $0.killed } }
    func countForeign() { numbers.withLock { $0.foreign += 1 } }
    func countFinished() { numbers.withLock { $0.finished += 1 } }
    func countKilled() { numbers.withLock { $0.killed += 1 } }
  }

  /// A generator that gives the same numbers for the same seed.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  let tenants: [TenantScope] = (0..<50).map { number in
    let digits = String(number)
    let tail = String(repeating: "0", count: 12 - digits.count) + digits
    return TenantScope(tenantID: "aaaaaaaa-0000-4000-8000-\(tail)", actor: "tenant \(number)")
  }
  let tally = Tally()

  /// Runs so many transactions, 200 at a time, and ends connections of the application meanwhile.
  func run(_ transactions: Int, over pool: PostgresPool, of database: TenantDatabase) async throws {
    for scope in tenants {
      _ = try await pool.execute(.insert(scope, 0, scope.tenantID), in: scope)
    }
    let killer = Task { try await kill(connectionsOf: database) }
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<200 {
        group.addTask { await work(UInt64(worker), transactions / 200, pool) }
      }
    }
    killer.cancel()
    _ = try await killer.value
  }

  private func work(_ seed: UInt64, _ count: Int, _ pool: PostgresPool) async {
    var random = Seeded(state: seed)
    for _ in 0..<count {
      let scope = tenants[Int.random(in: 0..<tenants.count, using: &random)]
      let seed = random.next()
      await pool.becomesAvailable()
      let task = Task { try await Self.transact(pool, scope, seed, tally) }
      if seed % 4 == 0 {
        // Nobody cancels this sleep.
        try? await Task.sleep(for: .microseconds(Int.random(in: 0...3000, using: &random)))
        task.cancel()
      }
      if case .success = await task.result { tally.countFinished() }
    }
  }

  /// One transaction or unit; every third fails, in one way or another.
  private static func transact(
    _ pool: PostgresPool, _ scope: TenantScope, _ seed: UInt64, _ tally: Tally
  ) async throws {
    func inspect(_ rows: [PostgresRow]) throws {
      for row in rows where try row.uuid(0) != scope.tenantID || row.text(1) != scope.tenantID {
        tally.countForeign()
      }
      // A tenant that does not see itself would hide a foreign context.
      if rows.isEmpty { tally.countForeign() }
    }
    let all = Statement("SELECT tenant_id, body FROM note")
    let write = Statement.insert(scope, Int(seed >> 1), scope.tenantID)
    let sleep = Statement("SELECT pg_sleep(0.002)")
    if seed % 2 == 0 {
      try inspect(try await pool.read([sleep, all], in: scope)[1])
      return
    }
    let deadline: ContinuousClock.Instant? =
      seed % 7 == 0 ? .now + .milliseconds(Int(seed % 5) + 1) : nil
    try await pool.transaction(in: scope, deadline: deadline) { transaction in
      try inspect(try await transaction.query(all))
      try await transaction.pipeline([write, sleep])
      if seed % 3 == 0 { throw Deliberate.thrown }
      if seed % 11 == 0 { _ = try await transaction.query(Statement("SELECT 1 / 0")) }
      try inspect(try await transaction.query(all))
    }
  }

  /// Ends a connection of the application's now and then, until it is cancelled.
  private func kill(connectionsOf database: TenantDatabase) async throws {
    let pool = PostgresPool(database.superuserConfiguration, logger: .silent)
    while !Task.isCancelled {
      let ended = try await pool.query(
        Statement(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE usename = $1 ORDER BY random() LIMIT 1
          """, .text(database.user)), in: nil)
      for _ in ended { tally.countKilled() }
      // Cancelled: the loop ends.
      try? await Task.sleep(for: .milliseconds(50))
    }
    await pool.shutdown(grace: .seconds(1))
  }
}

extension PostgresPool {
  /// Waits while the circuit is open, for half a minute at most: a connection that is ended while it
  /// logs in opens it, and everything that is asked for meanwhile is refused at once, which tries
  /// nothing.
  func becomesAvailable() async {
    let end = ContinuousClock.now + .seconds(30)
    while statistics.isUnavailable, .now < end {
      // Nobody cancels this sleep.
      try? await Task.sleep(for: .milliseconds(10))
    }
  }
}
