import CPostgres
import Logging

/// A blocking connection outside the pool, for migrations: used on a thread of its own, by one
/// function, and closed with it.
final class PlainConnection {
  /// Owned: freed in deinit.
  private let connection: OpaquePointer
  /// Lives as long as the connection, which holds a bare pointer to it.
  private let notices: NoticeSink

  /// - Throws: `.unavailable` with libpq's reason, which names host and role.
  init(_ configuration: PostgresConfiguration, logger: Logger) throws(PostgresError) {
    let keywords = configuration.keywords()
    // libpq copies the strings during the call.
    let made = CStrings.with(keywords.map(\.0)) { names in
      CStrings.with(keywords.map(\.1)) { values in PQconnectdbParams(names, values, 0) }
    }
    guard let made else { throw PostgresError(code: .unavailable, diagnostic: "out of memory") }
    connection = made
    notices = NoticeSink(logger: logger)
    notices.listen(to: made)
    guard PQstatus(connection) == CONNECTION_OK else {
      throw PostgresError(code: .unavailable, diagnostic: Link.failureText(of: connection))
    }
  }

  deinit { PQfinish(connection) }

  /// Whether a transaction is open and has not failed.
  var isInTransaction: Bool { PQtransactionStatus(connection) == PQTRANS_INTRANS }

  /// Runs SQL of one or more commands without parameters.
  func run(_ sql: String) throws(PostgresError) {
    _ = try check(PQexec(connection, sql))
  }

  /// Runs one command with text parameters and gives text cells.
  func query(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> [[String?]] {
    guard parameters.allSatisfy({ $0.map { !$0.utf8.contains(0) } ?? true }) else {
      throw PostgresError(code: .invalidParameter, diagnostic: "a parameter contains NUL")
    }
    let result = CStrings.with(parameters) { values in
      PQexecParams(
        connection, sql, Int32(parameters.count), nil, values, nil, nil, 0)
    }
    return try check(result).textRows()
  }

  private func check(_ pointer: OpaquePointer?) throws(PostgresError) -> ServerResult {
    guard let pointer else { throw PostgresError(code: .unavailable) }
    let result = ServerResult(owning: pointer)
    switch result.status {
    case .command, .rowsEnded, .empty: return result
    default: throw result.error
    }
  }
}
