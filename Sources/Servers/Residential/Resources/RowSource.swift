import Postgres
import Storage

/// Where rows are read: a change under way, or a read of its own.
protocol RowSource {
  func query(_ statement: Statement) async throws -> [PostgresRow]
}

extension TenantChange: RowSource {}

/// Reads of a caller or a job, one round trip each.
struct Reading: RowSource {
  let database: TenantDatabase
  let actor: Storage.Actor
  let deadline: ContinuousClock.Instant?

  func query(_ statement: Statement) async throws -> [PostgresRow] {
    try await database.query(statement, as: actor, deadline: deadline)
  }
}
