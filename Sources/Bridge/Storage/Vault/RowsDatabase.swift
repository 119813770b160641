public import Postgres
import Synchronization

/// The database whose rows a vault seals: how it calls itself, so that the key store can tell it from
/// another to which a tenant has moved.
public final class RowsDatabase: Sendable {
  private static let undefinedFunction = "42883"

  private let pool: PostgresPool
  private let known = Mutex<String?>(nil)

  /// Takes a pool of any role that reads rows.
  public init(pool: PostgresPool) { self.pool = pool }

  /// Asked once, and the same for ever: also for a copy of the database that was restored elsewhere.
  /// Nil before the migration that gives it.
  func id() async throws -> String? {
    if let id = known.withLock({ $0 }) { return id }
    let rows: [PostgresRow]
    do {
      rows = try await pool.query(
        Statement("SELECT artel.rows_database()"), in: nil, deadline: .now + .seconds(5))
    } catch {
      if error.sqlState == Self.undefinedFunction { return nil }
      throw error
    }
    let id = try rows.first?.uuid(0)
    known.withLock { $0 = id }
    return id
  }
}
