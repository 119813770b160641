import Synchronization

/// An answer that is given once, by whoever has it first.
final class RedisAnswer<Value: Sendable>: Sendable {
  private let waiting: Mutex<CheckedContinuation<Value, Never>?>

  init(_ continuation: CheckedContinuation<Value, Never>) { waiting = Mutex(continuation) }

  /// Whether nobody has given it.
  var isAwaited: Bool { waiting.withLock { $0 != nil } }

  func give(_ value: Value) {
    let continuation = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    continuation?.resume(returning: value)
  }
}
