import Storage

/// Where the dispatcher's events come from.
protocol OutboxSource: Sendable {
  /// The least transaction that has not ended.
  func horizon() async throws -> UInt64
  /// The events behind a position, as far as they are safe.
  func page(after position: OutboxPosition) async throws -> OutboxPage
  /// Deletes the oldest events, at most one page of them, as far as they are older than `age`.
  ///
  /// - Returns: how many were deleted.
  func deleteOldest(olderThan age: Duration) async throws -> Int
}

/// What one look at the outbox found.
struct OutboxPage: Sendable {
  /// The most events of a page.
  static let size = 500

  /// The least transaction that had not ended; taken just before the events were read.
  let horizon: UInt64
  let events: [OutboxEvent]
  /// Events that could not be read: their places are passed over.
  let unreadable: Int
  /// The place behind what was read.
  let end: OutboxPosition
  /// Whether there may be more.
  let isFull: Bool
}
