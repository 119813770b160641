import Synchronization

/// Does a thing once for all who want the same at the same time.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let flights = Mutex<[Key: Task<Value, any Error>]>([:])

  init() {}

  /// Joins what is under way for a key, or begins it. It goes on where whoever began it gives up.
  func run(
    _ key: Key, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = flights.withLock { flights in
      if let task = flights[key] { return task }
      let task = Task {
        // Takes the lock, so not before the flight is noted.
        defer { self.land(key) }
        return try await body()
      }
      flights[key] = task
      return task
    }
    return try await task.value
  }

  private func land(_ key: Key) { flights.withLock { $0[key] = nil } }
}
