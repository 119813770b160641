import Postgres

/// A place in the order in which entries are sealed: by the number of the transaction, within it by
/// the order of writing.
struct AuditPosition: Sendable, Hashable {
  /// The transaction's 64-bit number.
  var transaction: UInt64
  /// The entry's own number; numbers begin at 1.
  var sequence: Int

  /// Before everything.
  static let start = AuditPosition(transaction: 0, sequence: 0)

  init(transaction: UInt64, sequence: Int) {
    self.transaction = transaction
    self.sequence = sequence
  }

  /// The place of an entry, of a row that begins with it.
  init(row: PostgresRow) throws {
    transaction = try Self.number(row.text(0))
    sequence = try row.int(1)
  }

  /// Reads the answer to `AuditStatements.position`.
  init(_ rows: [PostgresRow]) throws {
    self = .start
    guard let row = rows.first, let text = try row.optionalText(0),
      let sequence = try row.optionalInt(1)
    else { return }
    let position = AuditPosition(transaction: try Self.number(text), sequence: sequence)
    // Where the numbers went back, this is another database, such as a restored backup.
    if try Self.number(row.text(2)) >= position.transaction { self = position }
  }

  /// Reads a transaction's number.
  static func number(_ text: String) throws(PostgresError) -> UInt64 {
    guard let number = UInt64(text) else {
      throw PostgresError(code: .decoding, diagnostic: "not a transaction's number")
    }
    return number
  }
}
