/// One step of the schema. What was applied once is never changed: the next step changes it.
public struct Migration: Sendable, Hashable {
  /// Above those of the steps before it. Each domain has a list of its own, and their numbers are
  /// mixed in the program's one list, so that a domain's list alone has gaps.
  public let version: Int
  /// A few words for people.
  public let name: String
  /// One or more commands; run in one transaction, which they must not end.
  public let sql: String

  public init(version: Int, name: String, sql: String) {
    self.version = version
    self.name = name
    self.sql = sql
  }
}

/// Where a database stands.
public struct MigrationStatus: Sendable, Hashable {
  /// Versions in the database, in order.
  public var applied: [Int]
  /// Versions that `migrate` would apply, in order.
  public var pending: [Int]
  /// Versions in the database that this program does not know: a newer one was here.
  public var unknown: [Int]

  public init(applied: [Int] = [], pending: [Int] = [], unknown: [Int] = []) {
    self.applied = applied
    self.pending = pending
    self.unknown = unknown
  }
}

/// Why migrations were refused or stopped.
public enum MigrationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The program's own list is not ascending.
  case invalidList
  /// An applied migration has another text than this program's.
  case changed(version: Int)
  /// The database lacks a version before one that it has.
  case gap(version: Int)
  /// The database has versions that this program does not know.
  case newerDatabase(version: Int)
  /// The migration ended the transaction that it ran in.
  case endedTransaction(version: Int)
  /// The server refused; the database stands where it stood before this version.
  case failed(version: Int, PostgresError)
  /// Another migration did not finish in time.
  case busy

  public var description: String {
    switch self {
    case .invalidList: "migrations must be in the order of their numbers, each once"
    case .changed(let version): "migration \(version) was changed after it had been applied"
    case .gap(let version): "the database lacks migration \(version)"
    case .newerDatabase(let version): "the database has migration \(version), unknown here"
    case .endedTransaction(let version): "migration \(version) ends its own transaction"
    case .failed(let version, let error): "migration \(version) failed: \(error)"
    case .busy: "another migration is running"
    }
  }
}
