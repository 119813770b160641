/// A place in the order in which events are handed out: by the number of the transaction, within
/// it by the order of writing.
struct OutboxPosition: Sendable, Hashable {
  /// The transaction's 64-bit number.
  var transaction: UInt64
  /// The event's own number; numbers begin at 1.
  var sequence: Int

  /// Behind everything that a transaction below `horizon` wrote.
  init(horizon: UInt64) {
    transaction = horizon
    sequence = 0
  }

  init(transaction: UInt64, sequence: Int) {
    self.transaction = transaction
    self.sequence = sequence
  }
}
