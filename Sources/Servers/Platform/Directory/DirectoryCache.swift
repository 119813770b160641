import Mutation
import RPC
import Synchronization

/// Remembers answers of the directory for a short time. Absence is an answer too.
///
/// However many callers miss the same key at once, one of them asks. A failure is handed to those
/// who waited for it and not remembered: without the database nobody is let in.
final class DirectoryCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private enum Entry {
    case known(Value, until: ContinuousClock.Instant)
    case asking(Task<Value, any Error>)
  }

  private enum Answer {
    case known(Value)
    case pending(Task<Value, any Error>)
  }

  private let life: Duration
  private let capacity: Int
  private let now: @Sendable () -> ContinuousClock.Instant
  private let load: @Sendable (Key) async throws -> Value
  private let entries = Mutex<[Key: Entry]>([:])

  /// - Parameters:
  ///   - life: how long an answer counts.
  ///   - capacity: the most keys remembered.
  ///   - load: asks the database; has to end by itself, since waiters cannot end it.
  init(
    life: Duration, capacity: Int,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    load: @escaping @Sendable (Key) async throws -> Value
  ) {
    self.life = life
    self.capacity = capacity
    self.now = now
    self.load = load
  }

  /// The value of a key: remembered, or asked for.
  func value(_ key: Key) async throws -> Value {
    switch answer(key) {
    case .known(let value): return value
    case .pending(let task): return try await task.value
    }
  }

  /// Asks anew the next time; who waits for an answer gets that.
  func forget(_ key: Key) {
    entries.withLock { entries in
      if case .known = entries[key] { entries[key] = nil }
    }
  }

  private func answer(_ key: Key) -> Answer {
    entries.withLock { entries in
      switch entries[key] {
      case .known(let value, let until) where until > now() || Mutation.isOn(.failsOpen):
        return .known(value)
      case .asking(let task): return .pending(task)
      case .known, nil: break
      }
      if entries.count >= capacity { makeRoom(in: &entries) }
      // A task of its own: it serves every waiter, so it must not end with the first one's call.
      let task = Task { try await CallDeadline.none { try await self.ask(key) } }
      entries[key] = .asking(task)
      return .pending(task)
    }
  }

  private func ask(_ key: Key) async throws -> Value {
    // From before the question: an answer is as old as the moment when it may have been read.
    let asked = now()
    do {
      let value = try await load(key)
      entries.withLock { $0[key] = .known(value, until: asked + life) }
      return value
    } catch {
      entries.withLock { $0[key] = nil }
      throw error
    }
  }

  /// Forgets what is stale, and where that is nothing, every answer: they cost a query each.
  private func makeRoom(in entries: inout [Key: Entry]) {
    let now = now()
    func keep(_ entry: Entry, _ isKept: (ContinuousClock.Instant) -> Bool) -> Bool {
      switch entry {
      case .asking: true
      case .known(_, let until): isKept(until)
      }
    }
    entries = entries.filter { keep($0.value) { $0 > now } }
    if entries.count >= capacity { entries = entries.filter { keep($0.value) { _ in false } } }
  }
}
