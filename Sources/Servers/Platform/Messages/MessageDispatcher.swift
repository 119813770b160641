import LibCrypto
import Logging
import ServiceLifecycle

/// Sends the messages that wait, each until its provider has taken it or it is of no use any more. A
/// process that dies while it sends may have sent: then it goes twice.
struct MessageDispatcher: Service {
  private static let interval: Duration = .seconds(1)

  let queue: MessageQueue
  let envelope: Envelope
  let senders: MessageSenders
  let logger: Logger

  /// Runs until the service group shuts down or the task is cancelled.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          while try await send() > 0 {}
        } catch {
          if Task.isCancelled { return }
          logger.warning("messages cannot be sent", metadata: ["error": "\(error)"])
        }
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: Self.interval)
      }
    }
  }

  /// Sends some; returns how many it took.
  func send() async throws -> Int {
    let entries = try await queue.take(senders.kinds)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for entry in entries { group.addTask { try await send(entry) } }
      try await group.waitForAll()
    }
    return entries.count
  }

  private func send(_ entry: MessageQueue.Entry) async throws {
    do {
      guard let sender = senders[entry.kind] else {
        throw MessageFailure(isFinal: false, "nothing sends \(entry.kind.rawValue) here")
      }
      try await sender.send(try entry.opened(envelope))
    } catch {
      let isFinal = error is CryptoError || (error as? MessageFailure)?.isFinal == true
      logger.warning(
        isFinal ? "a message is given up" : "a message is sent again later",
        metadata: [
          "message": "\(entry.id)", "kind": "\(entry.kind.rawValue)",
          "attempts": "\(entry.attempts)", "error": "\(error)",
        ])
      guard isFinal else {
        return try await queue.putBack(entry, for: Self.wait(behind: entry.attempts))
      }
    }
    try await queue.remove(entry)
  }

  /// Twice as long each time, up to a minute.
  static func wait(behind attempts: Int) -> Duration { .seconds(min(1 << min(attempts, 6), 60)) }
}
