import Synchronization

@testable import Platform

/// Takes messages as a provider does, and keeps them; or fails as it is told.
final class Outbox: MessageSender {
  private struct State {
    var messages: [Message] = []
    var failures: [MessageFailure] = []
  }

  private let state = Mutex(State())

  var messages: [Message] { state.withLock { $0.messages } }

  /// The code of the last message.
  var code: String { String(messages.last?.text.prefix(6) ?? "") }

  /// Fails so often, in this order, before it takes one again.
  func fail(_ failures: MessageFailure...) { state.withLock { $0.failures += failures } }

  func send(_ message: Message) async throws {
    try state.withLock { state in
      guard state.failures.isEmpty else { throw state.failures.removeFirst() }
      state.messages.append(message)
    }
  }
}

extension PlatformFixture {
  /// Sends what waits, and returns how many messages that were.
  @discardableResult
  func dispatch(_ outbox: Outbox) async throws -> Int {
    let dispatcher = dispatcher(outbox)
    var count = 0
    for kind in [MessageKind.email, .sms] {
      let entries = try await dispatcher.queue.take(kind, MessageDispatcher.places)
      for entry in entries { await dispatcher.deliver(entry) }
      count += entries.count
    }
    return count
  }

  func dispatcher(_ outbox: Outbox) -> MessageDispatcher {
    MessageDispatcher(
      queue: MessageQueue(pool: dispatcherPool), vault: vault,
      senders: MessageSenders(email: outbox, sms: outbox), logger: .silent)
  }
}
