public import Egress
public import Logging
public import ServiceLifecycle
public import Storage

/// Writes into a tenant's audit when one of its partners is left alone, and when it is called again.
///
/// A breaker moves in the midst of a call, where nobody waits for a database: what happened is put
/// down in memory and written by a service. A probe is no news, and neither is one that fails.
public final class BreakerJournal: EgressObserver {
  /// What audit entries call a move.
  static let action = "artel.operations.v1.BreakerService/MoveBreaker"

  private static let capacity = 10_000
  private static let patience: Duration = .seconds(10)

  private let next: any EgressObserver
  private let logger: Logger
  private let moves: AsyncStream<BreakerTransition>
  private let continuation: AsyncStream<BreakerTransition>.Continuation

  /// Creates a journal.
  ///
  /// - Parameter next: is told of everything as well.
  public init(next: any EgressObserver, logger: Logger) {
    self.next = next
    self.logger = logger
    (moves, continuation) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(Self.capacity))
  }

  public func attempted(_ attempt: EgressAttempt) { next.attempted(attempt) }

  public func moved(_ transition: BreakerTransition) {
    next.moved(transition)
    guard transition.key.destination.purpose == .partner,
      transition.key.destination.tenantID != nil, transition.to != .halfOpen,
      (transition.from, transition.to) != (.halfOpen, .open)
    else { return }
    if case .dropped = continuation.yield(transition) {
      logger.error("too many breakers moved: a move is not in the audit")
    }
  }

  /// Takes no more: the writer ends with what is there.
  func end() { continuation.finish() }

  /// What writes; to be run by the service group.
  public func writer(to database: TenantDatabase) -> any Service {
    Writer(journal: self, database: database)
  }

  /// Writes a move down.
  func write(_ move: BreakerTransition, to database: TenantDatabase) async {
    let destination = move.key.destination
    guard let tenantID = destination.tenantID else { return }
    do {
      try await database.change(
        as: Actor(tenantID: tenantID, service: "egress"), action: Self.action,
        deadline: .now + Self.patience
      ) { change in
        try await change.record(
          resource: "breakers/\(destination.name).\(move.key.operation)",
          change: "\(move.from.rawValue) -> \(move.to.rawValue)")
      }
    } catch {
      logger.error(
        "a breaker's move is not in the audit",
        metadata: ["tenant": "\(tenantID)", "error": "\(error)"])
    }
  }

  private struct Writer: Service {
    let journal: BreakerJournal
    let database: TenantDatabase

    func run() async throws {
      for await move in journal.moves.cancelOnGracefulShutdown() {
        await journal.write(move, to: database)
      }
    }
  }
}
