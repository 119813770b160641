/// The rows of one statement, copied out of libpq into two blocks, immutable from then on.
final class RowSet: Sendable {
  /// Where a cell lies in `bytes`; a negative length is null.
  struct Cell: Sendable {
    let offset: Int
    let length: Int
  }

  let types: [TypeOID]
  let cells: [Cell]
  let bytes: [UInt8]

  init(types: [TypeOID], cells: [Cell], bytes: [UInt8]) {
    self.types = types
    self.cells = cells
    self.bytes = bytes
  }

  var rows: [PostgresRow] {
    guard !types.isEmpty else { return [] }
    return (0..<cells.count / types.count).map { PostgresRow(table: self, first: $0 * types.count) }
  }
}

/// Collects the rows of one statement while they arrive.
struct RowSetBuilder {
  var types: [TypeOID] = []
  var cells: [RowSet.Cell] = []
  var bytes: [UInt8] = []

  consuming func build() -> RowSet { RowSet(types: types, cells: cells, bytes: bytes) }
}

/// What one statement answered.
struct StatementResult: Sendable {
  let table: RowSet?
  /// Rows inserted, changed, deleted or selected.
  let affected: Int
  /// The command that the server says it ran: `COMMIT`, `INSERT 0 1`, …
  let tag: String

  var rows: [PostgresRow] { table?.rows ?? [] }
}
