import Synchronization

/// Has each revocation list made by one call at a time, whoever asks: strangers ask for lists, and
/// making one takes a connection of the database, the authority's row and time. What could not be
/// made is not tried again at once.
final class ListMaker: Sendable {
  /// How long a failure holds.
  private static let patience: Duration = .seconds(5)
  private static let remembered = 1_000

  private struct Key: Hashable {
    let tenantID: String
    let authorityID: String
  }

  private enum Entry {
    case making(Task<[UInt8], any Error>)
    case failed(any Error, until: ContinuousClock.Instant)
  }

  private let now: @Sendable () -> ContinuousClock.Instant
  private let entries = Mutex<[Key: Entry]>([:])

  init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

  /// The list that `make` makes, or that is being made already.
  ///
  /// - Throws: what `make` throws, also a moment later.
  func list(
    tenantID: String, authorityID: String, _ make: @escaping @Sendable () async throws -> [UInt8]
  ) async throws -> [UInt8] {
    let key = Key(tenantID: tenantID, authorityID: authorityID)
    let task = try entries.withLock { entries in
      switch entries[key] {
      case .making(let task): return task
      case .failed(let error, let until) where until > now(): throw error
      case .failed, nil: break
      }
      if entries.count >= Self.remembered {
        entries = entries.filter { if case .making = $0.value { true } else { false } }
      }
      // Of nobody's call: whoever comes first may go before the others have their list.
      let task = Task {
        do {
          let list = try await make()
          self.end(key, nil)
          return list
        } catch {
          self.end(key, error)
          throw error
        }
      }
      entries[key] = .making(task)
      return task
    }
    return try await task.value
  }

  private func end(_ key: Key, _ error: (any Error)?) {
    entries.withLock { entries in
      entries[key] = error.map { .failed($0, until: now() + Self.patience) }
    }
  }
}
