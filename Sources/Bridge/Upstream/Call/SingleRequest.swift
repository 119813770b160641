import RPC
import Synchronization

/// One request as a stream.
final class SingleRequest: MessageSource {
  private let message: MessageBytes
  private let given = Atomic(false)

  init(_ message: MessageBytes) { self.message = message }

  func next() async throws -> MessageBytes? {
    given.exchange(true, ordering: .relaxed) ? nil : message
  }
}
