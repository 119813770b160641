import Logging
public import ServiceLifecycle
import Storage
import Synchronization

/// Tails the outbox and hands every committed event to whoever watches in this process.
///
/// It looks when a change of this process was committed, and four times a second for the changes of
/// others. It goes on from where it was after any failure of the database; where events may be gone
/// by then, watchers are told that they missed some. Every process has its own, so nobody claims
/// anything; each also deletes what has been there for an hour.
public final class OutboxDispatcher: Service {
  /// How long events stay.
  static let retention: Duration = .seconds(3600)

  /// How often things happen.
  struct Pace: Sendable {
    /// Between looks for other processes' events.
    var poll: Duration = .milliseconds(250)
    /// After a look, so that a burst of changes is read together.
    var rest: Duration = .milliseconds(5)
    /// After a failure.
    var afterFailure: Duration = .seconds(1)
    /// Between deletions.
    var cleanup: Duration = .seconds(60)
  }

  private let source: any OutboxSource
  private let hub: EventHub
  private let pace: Pace
  private let logger: Logger
  private let wakes: AsyncStream<Void>
  private let waker: AsyncStream<Void>.Continuation
  private let reached = Mutex<(position: OutboxPosition?, time: ContinuousClock.Instant)>(
    (nil, .now))

  init(source: any OutboxSource, hub: EventHub, pace: Pace = Pace(), logger: Logger) {
    self.source = source
    self.hub = hub
    self.pace = pace
    self.logger = logger
    (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    hub.onWake { [waker] in waker.yield() }
  }

  /// How long ago everything was handed out that was there, and the transaction up to which it was.
  var progress: (age: Duration, transaction: UInt64?) {
    let (position, time) = reached.withLock { $0 }
    return (time.duration(to: .now), position?.transaction)
  }

  /// Runs until the service group shuts down or the task is cancelled.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.tick() }
        group.addTask { await self.cleanUp() }
        await self.tail()
        group.cancelAll()
      }
    }
  }

  /// Wakes the tail, so that it sees what other processes committed.
  private func tick() async {
    while !Task.isCancelled {
      // Ends early only when cancelled, and then so does the loop.
      try? await Task.sleep(for: pace.poll)
      waker.yield()
    }
  }

  private func tail() async {
    var position: OutboxPosition?
    var lastSuccess = ContinuousClock.now
    waker.yield()
    for await _ in wakes {
      do {
        let start: OutboxPosition
        if let position {
          start = position
        } else {
          start = OutboxPosition(horizon: try await source.horizon())
        }
        // Set before the first look, so that a failure of it does not move the start.
        position = start
        position = try await drain(from: start, lastSuccess: lastSuccess)
        lastSuccess = .now
        reached.withLock { $0 = (position, lastSuccess) }
        try await Task.sleep(for: pace.rest)
      } catch is CancellationError {
        return
      } catch {
        if Task.isCancelled { return }
        logger.warning("the outbox cannot be read", metadata: ["error": "\(error)"])
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: pace.afterFailure)
      }
    }
  }

  /// Hands out all that is safe, and returns the place behind it.
  private func drain(
    from start: OutboxPosition, lastSuccess: ContinuousClock.Instant
  ) async throws -> OutboxPosition {
    var position = start
    var page = try await source.page(after: position)
    if page.horizon < position.transaction {
      // The numbers went back: this is another database, such as a restored backup.
      logger.error("the outbox lies behind its reader; starting again")
      hub.publishMissed()
      return OutboxPosition(horizon: page.horizon)
    }
    if .now - lastSuccess > Self.retention { hub.publishMissed() }
    while true {
      for event in page.events { hub.publish(event) }
      if page.unreadable > 0 {
        logger.error("events cannot be read", metadata: ["count": "\(page.unreadable)"])
        hub.publishMissed()
      }
      position = page.end
      guard page.isFull else { return position }
      page = try await source.page(after: position)
    }
  }

  private func cleanUp() async {
    while !Task.isCancelled {
      do {
        while try await source.deleteOldest(olderThan: Self.retention) >= OutboxPage.size {}
        try await Task.sleep(for: pace.cleanup)
      } catch {
        if Task.isCancelled { return }
        logger.warning("old events cannot be deleted", metadata: ["error": "\(error)"])
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: pace.cleanup)
      }
    }
  }
}
