import LibCrypto
import Logging
import ServiceLifecycle
import Storage

/// Sends the messages that wait, each until its provider has taken it or it is of no use any more. A
/// process that dies while it sends may have sent: then it goes twice.
///
/// Each kind has places of its own, so that a mail server that hangs delays no SMS, and of those no
/// tenant has more than half.
struct MessageDispatcher: Service {
  /// How many messages of one kind are being sent at once.
  static let places = 16
  /// How many of one tenant begin at once, and from how many running ones on no more do: together half
  /// of the places.
  private static let step = places / 4
  private static let interval: Duration = .seconds(1)
  /// How often what was sent is taken out, and how long the first of those pauses is: in all less
  /// than the lease, since a message that stays would go again.
  private static let removals = 5
  private static let firstPause: Duration = .seconds(1)

  let queue: MessageQueue
  let vault: TenantVault
  let senders: MessageSenders
  let logger: Logger

  private enum Event: Sendable {
    case tick
    case ended(tenantID: String)
  }

  /// Runs until the service group shuts down or the task is cancelled. What is being sent at a
  /// shutdown is sent to its end.
  func run() async throws {
    await withTaskGroup(of: Void.self) { group in
      // Also those that nothing sends here: theirs end, too, and a service ends at a shutdown alone.
      for kind in [MessageKind.email, .sms] { group.addTask { await run(kind) } }
    }
  }

  /// Sends the messages of one kind: the next one begins when any ends.
  private func run(_ kind: MessageKind) async {
    await withTaskGroup(of: Event.self) { group in
      var running: [String: Int] = [:]
      var isTicking = false
      func tick() {
        guard !isTicking, !Task.isShuttingDownGracefully, !Task.isCancelled else { return }
        isTicking = true
        group.addTask {
          // Ends early at a shutdown, and so does the loop.
          await cancelWhenGracefulShutdown { try? await Task.sleep(for: Self.interval) }
          return .tick
        }
      }
      func fill() async {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
          let free = Self.places - running.values.reduce(0, +)
          guard free > 0 else { return }
          let full = running.filter { $0.value > Self.step }.map(\.key)
          let entries = await take(kind, free, without: full)
          guard !entries.isEmpty else { return }
          for entry in entries {
            running[entry.tenantID, default: 0] += 1
            group.addTask {
              await deliver(entry)
              return .ended(tenantID: entry.tenantID)
            }
          }
        }
      }
      await fill()
      tick()
      for await event in group {
        switch event {
        case .tick: isTicking = false
        case .ended(let tenantID):
          let left = running[tenantID, default: 1] - 1
          running[tenantID] = left == 0 ? nil : left
        }
        await fill()
        tick()
      }
    }
  }

  private func take(
    _ kind: MessageKind, _ most: Int, without tenants: [String]
  ) async -> [MessageQueue.Entry] {
    do {
      guard senders[kind] != nil else {
        try await queue.removeExpired()
        return []
      }
      return try await queue.take(kind, most, ofTenant: Self.step, without: tenants)
    } catch {
      if !Task.isCancelled {
        logger.warning("messages cannot be sent", metadata: ["error": "\(error)"])
      }
      return []
    }
  }

  /// Sends one message, and takes it out of the queue or puts it back. Whatever goes wrong is this
  /// message's: it comes again when its lease ends.
  func deliver(_ entry: MessageQueue.Entry) async {
    do {
      guard let sender = senders[entry.kind] else {
        throw MessageFailure(isFinal: false, "nothing sends \(entry.kind.rawValue) here")
      }
      try await sender.send(try await entry.opened(vault))
    } catch {
      let isFinal = VaultError.isFinal(error) || (error as? MessageFailure)?.isFinal == true
      // A key that is not here is the operator's matter; the message waits for it.
      let isOurs = error is CryptoError || error is VaultError
      logger.log(
        level: isOurs ? .error : .warning,
        isFinal ? "a message is given up" : "a message is sent again later",
        metadata: Self.metadata(entry, error))
      guard isFinal else { return await putBack(entry) }
    }
    await remove(entry)
  }

  private func putBack(_ entry: MessageQueue.Entry) async {
    do {
      try await queue.putBack(entry, for: Self.wait(behind: entry.attempts))
    } catch {
      logger.warning(
        "a message waits for its lease's end", metadata: Self.metadata(entry, error))
    }
  }

  private func remove(_ entry: MessageQueue.Entry) async {
    var pause = Self.firstPause
    for number in 1...Self.removals {
      do {
        return try await queue.remove(entry)
      } catch {
        logger.error(
          "a message that was sent is still in the queue", metadata: Self.metadata(entry, error))
        guard number < Self.removals else { return }
        // Cancelled: the next try comes at once.
        try? await Task.sleep(for: pause)
        pause *= 2
      }
    }
  }

  private static func metadata(
    _ entry: MessageQueue.Entry, _ error: any Error
  ) -> Logger.Metadata {
    [
      "message": "\(entry.id)", "kind": "\(entry.kind.rawValue)",
      "attempts": "\(entry.attempts)", "error": "\(error)",
    ]
  }

  /// Twice as long each time, up to a minute.
  static func wait(behind attempts: Int) -> Duration { .seconds(min(1 << min(attempts, 6), 60)) }
}
