/// A trip on its connection: which results are still to come, and what came.
struct ActiveTrip {
  /// One command in the pipeline.
  enum Expectation {
    /// Prepares the statement of this number under this name.
    case preparation(number: Int, name: String)
    /// Prologue; `reused` tells that it was prepared by an earlier trip.
    case prologue(reused: Bool)
    case statement(reused: Bool)

    var wasReused: Bool {
      switch self {
      case .preparation: false
      case .prologue(let reused), .statement(let reused): reused
      }
    }
  }

  /// Why the running statement was asked to stop.
  enum Interruption { case task, deadline, size }

  let trip: Trip
  /// 0, or 1 when it is sent again because prepared statements had become stale.
  let attempt: Int
  /// When the server ends the statements: the deadline, or the configured statement timeout.
  let limit: ContinuousClock.Instant

  var expectations: [Expectation] = []
  private(set) var position = 0
  private(set) var results: [StatementResult] = []
  private var builder: RowSetBuilder?
  private(set) var size = 0
  /// The first error; later ones are its consequences.
  private(set) var error: PostgresError?
  /// Whether the first error says that a prepared statement of an earlier trip is gone or outdated.
  private(set) var isStale = false

  /// A COPY, which would never end.
  private var isUnexpected = false

  /// The Sync is in the kernel's hands: from now on the server may commit.
  var isSent = false
  /// The server answered the Sync.
  var isSynced = false
  var interruption: Interruption?
  /// When an interrupted statement has to be over.
  var lastCall: ContinuousClock.Instant?
  /// A cancel request is on its way: the connection serves nobody until it returned.
  var isCancelPending = false

  init(_ trip: Trip, attempt: Int = 0, limit: ContinuousClock.Instant) {
    self.trip = trip
    self.attempt = attempt
    self.limit = limit
  }

  var current: Expectation? {
    position < expectations.count ? expectations[position] : nil
  }

  /// More ends than commands, or something that a pipeline cannot contain: the connection is lost.
  var isOutOfStep: Bool { isUnexpected || position > expectations.count + 2 }

  /// A command's results are complete.
  mutating func advance() {
    position += 1
    builder = nil
  }

  /// Takes a result that is not the Sync. Gives the preparation that succeeded, if it is one.
  mutating func take(
    _ result: borrowing ServerResult, byteLimit: Int
  ) -> (number: Int, name: String)? {
    switch result.status {
    case .failed:
      fail(result.error)
    case .row, .rowsEnded:
      takeRows(result, byteLimit: byteLimit)
    case .command, .empty:
      switch current {
      case .preparation(let number, let name): return (number, name)
      case .statement:
        results.append(StatementResult(table: nil, affected: result.affected, tag: result.tag))
      case .prologue, nil: break
      }
    case .unexpected:
      isUnexpected = true
      fail(PostgresError(code: .server, diagnostic: "the statement cannot run in a pipeline"))
    case .aborted, .sync: break
    }
    return nil
  }

  private mutating func takeRows(_ result: borrowing ServerResult, byteLimit: Int) {
    guard case .statement? = current, interruption != .size else { return }
    var rows = builder ?? RowSetBuilder(types: result.types)
    builder = nil  // Unique again, or appending would copy.
    size += result.append(to: &rows)
    if size > byteLimit {
      interruption = .size
      return
    }
    if result.status == .row {
      builder = rows
    } else {
      results.append(
        StatementResult(table: rows.build(), affected: result.affected, tag: result.tag))
    }
  }

  private mutating func fail(_ new: PostgresError) {
    guard error == nil else { return }
    error = new
    // 0A000 from a statement that worked before means "cached plan must not change result type".
    isStale = (new.sqlState == "26000" || new.sqlState == "0A000") && current?.wasReused == true
  }

  /// The answer after the Sync.
  func outcome(now: ContinuousClock.Instant) -> Result<[StatementResult], PostgresError> {
    if interruption == .size {
      return .failure(PostgresError(code: .resultTooLarge))
    }
    guard let error else { return .success(results) }
    guard error.sqlState == "57014" else { return .failure(error) }
    // The server cancels for its statement_timeout, for us, or for an administrator.
    let outOfTime =
      interruption == .deadline || interruption == nil && now >= limit - .milliseconds(20)
    return .failure(
      PostgresError(
        code: outOfTime ? .deadlineExceeded : .cancelled, sqlState: error.sqlState,
        severity: error.severity))
  }

  /// The answer when the connection was lost, or given up, before the Sync.
  func outcomeOfLoss() -> PostgresError {
    if let error, isUnexpected { return error }
    if let error, error.severity == "ERROR" {
      // The transaction had failed before the connection did: nothing can have been committed.
      if error.sqlState != "57014" { return error }
    } else if trip.role.commits && isSent {
      return PostgresError(code: .commitUnknown, sqlState: error?.sqlState)
    }
    switch interruption {
    case .task: return PostgresError(code: .cancelled)
    case .deadline: return PostgresError(code: .deadlineExceeded)
    case .size: return PostgresError(code: .resultTooLarge)
    case nil: return PostgresError(code: .unavailable, sqlState: error?.sqlState)
    }
  }
}
