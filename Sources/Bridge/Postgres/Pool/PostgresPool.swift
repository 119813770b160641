public import Logging
import Telemetry

/// Connections of one login role to one database, shared by all tasks.
///
/// Work comes in two shapes. A *unit* is one round trip: the tenant's context, the statements and
/// one Sync, which the server treats as one transaction without BEGIN and COMMIT. A *transaction*
/// holds a connection over several round trips. Both set the tenant inside the transaction, so a
/// connection carries nothing from one tenant to the next.
///
/// Connections are opened on demand. Callers wait for one in a bounded queue, no longer than their
/// deadline. While the server is down callers are refused at once with `.unavailable`; the pool
/// finds it again by itself.
///
/// Cancelling the calling task stops the statement on the server. What had already been committed
/// by then is reported as success.
public final class PostgresPool: Sendable {
  /// What the pool was made with.
  public let configuration: PostgresConfiguration
  let reactor: PostgresReactor
  private let id: PoolID
  private let meter = PoolMeter()

  /// Connects nothing yet.
  /// - Parameters:
  ///   - reactor: the thread that owns the connections.
  ///   - logger: for failures to connect; notices of the server at level debug.
  public init(
    _ configuration: PostgresConfiguration, reactor: PostgresReactor = .shared,
    logger: Logger = Logger(label: "artel.postgres")
  ) {
    self.configuration = configuration
    self.reactor = reactor
    id = reactor.nextID()
    reactor.post(.openPool(id, configuration, meter, logger))
  }

  deinit { reactor.post(.closePool(id, by: .now, nil)) }

  /// The pool's numbers now.
  public var statistics: PoolStatistics { meter.statistics }

  /// Serves nobody new and waits until all connections came back, at most `grace`; then ends the
  /// rest.
  public func shutdown(grace: Duration = .seconds(5)) async {
    await withCheckedContinuation { continuation in
      if !reactor.post(.closePool(id, by: .now + grace, continuation)) { continuation.resume() }
    }
  }

  /// Runs statements on a connection and waits for the answers.
  func perform(
    _ statements: [Statement], as role: Trip.Role, lease: ConnectionID? = nil,
    deadline: ContinuousClock.Instant?
  ) async throws(PostgresError) -> TripReply {
    var encoded: [EncodedStatement] = []
    encoded.reserveCapacity(statements.count)
    for statement in statements { encoded.append(try EncodedStatement(statement)) }
    let encodedStatements = encoded
    let ticket = Ticket()
    let span = TraceScope.current?.span.map { StatementSpan.begin(in: $0, statements, role) }
    guard role.isInterruptible else {
      let reply = await submit(encodedStatements, ticket, role, lease, deadline)
      span?.end(with: reply)
      return reply
    }
    if Task.isCancelled { throw PostgresError(code: .cancelled) }
    let reply = await withTaskCancellationHandler {
      await submit(encodedStatements, ticket, role, lease, deadline)
    } onCancel: {
      ticket.cancel()
      reactor.post(.cancel(id, ticket.id))
    }
    span?.end(with: reply)
    return reply
  }

  private func submit(
    _ statements: [EncodedStatement], _ ticket: Ticket, _ role: Trip.Role, _ lease: ConnectionID?,
    _ deadline: ContinuousClock.Instant?
  ) async -> TripReply {
    await withCheckedContinuation { continuation in
      let trip = Trip(
        ticket: ticket, role: role, lease: lease, statements: statements, deadline: deadline,
        reply: continuation)
      if !reactor.post(.submit(id, trip)) {
        continuation.resume(
          returning: TripReply(outcome: .failure(PostgresError(code: .shutDown)), lease: nil))
      }
    }
  }
}
