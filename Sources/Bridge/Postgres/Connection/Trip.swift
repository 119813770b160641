import Synchronization

/// What goes to the server in one round trip, ended by one Sync, and who waits for the answer.
struct Trip: Sendable {
  /// What the trip is to its transaction.
  enum Role: Sendable {
    /// All of an implicit transaction, which the server commits at the Sync.
    case unit(TransactionContext)
    /// The first of an explicit transaction: begins with BEGIN at this level.
    case first(TransactionContext, Isolation)
    /// A later one.
    case middle
    /// Ends in COMMIT.
    case commit
    /// Is ROLLBACK.
    case rollback

    /// Whether the connection goes back to the pool after it.
    var releases: Bool {
      switch self {
      case .unit, .commit, .rollback: true
      case .first, .middle: false
      }
    }

    /// Whether losing the answer leaves open what was committed.
    var commits: Bool {
      switch self {
      case .unit(let context): context.access == .readWrite
      case .commit: true
      case .first, .middle, .rollback: false
      }
    }

    /// Whether nothing of the transaction remains after an error, so that all of it can be sent again.
    var isRestartable: Bool {
      switch self {
      case .unit, .first: true
      case .middle, .commit, .rollback: false
      }
    }

    /// Whether a cancellation may interrupt it. The end of a transaction is never interrupted: its
    /// outcome would be lost.
    var isInterruptible: Bool {
      switch self {
      case .unit, .first, .middle: true
      case .commit, .rollback: false
      }
    }
  }

  let ticket: Ticket
  let role: Role
  /// The connection that the transaction holds; nil asks the pool for one.
  let lease: ConnectionID?
  let statements: [EncodedStatement]
  let deadline: ContinuousClock.Instant?
  let reply: CheckedContinuation<TripReply, Never>

  /// What goes before the statements: BEGIN and the tenant's context. Its results interest nobody.
  /// - Parameters:
  ///   - remaining: the time that the server may take for a statement.
  ///   - isRetry: the trip failed before, and left an explicit transaction in the failed state.
  ///   - limit: the statement timeout that the open transaction has.
  func prologue(
    _ remaining: Duration, isRetry: Bool, limit: inout Duration
  ) throws(PostgresError) -> [EncodedStatement] {
    switch role {
    case .unit(let context):
      return [try context.statement(timeout: remaining)]
    case .first(let context, let isolation):
      limit = remaining
      let begin = try EncodedStatement(Statement(isolation.begin))
      let opening = [begin, try context.statement(timeout: remaining)]
      return isRetry ? [try EncodedStatement(Statement("ROLLBACK"))] + opening : opening
    case .middle:
      // The server's limit is per statement: shorten it when it is far from the deadline.
      guard remaining < limit / 2 else { return [] }
      limit = remaining
      return [try TransactionContext.refresh(timeout: remaining)]
    case .commit, .rollback:
      return []
    }
  }
}

struct TripReply: Sendable {
  let outcome: Result<[StatementResult], PostgresError>
  /// The connection that stays with the transaction.
  var lease: ConnectionID?
}

/// A request's number and whether its task was cancelled. The mark is needed because a cancellation
/// may overtake its request on the way to the reactor.
final class Ticket: Sendable {
  private static let last = Atomic<RequestID>(0)

  let id: RequestID = Ticket.last.wrappingAdd(1, ordering: .relaxed).newValue
  private let cancelled = Atomic<Bool>(false)

  var isCancelled: Bool { cancelled.load(ordering: .acquiring) }
  func cancel() { cancelled.store(true, ordering: .releasing) }
}
