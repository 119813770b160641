import Storage

/// Rows of one tenant that go to the database in one statement.
struct SpooledRows: Sendable {
  /// The most rows of one statement, and the most bytes of them; but for one that is longer.
  static let most = 500
  static let mostBytes = 1 << 20

  let tenantID: String
  var rows: [String] = []
  private var bytes = 0

  init(tenantID: String, rows: [String] = []) {
    self.tenantID = tenantID
    self.rows = rows
  }

  /// Both halves.
  var halves: [SpooledRows] {
    let middle = rows.count / 2
    return [rows[..<middle], rows[middle...]].map {
      SpooledRows(tenantID: tenantID, rows: Array($0))
    }
  }

  /// Whether the row tells of calls that were lost, and of nothing else.
  static func isLoss(_ row: String) -> Bool { row.contains(#""kind":"LOSS""#) }

  /// The records of a segment, in statements.
  static func all(of records: [[UInt8]]) -> [SpooledRows] {
    var done: [SpooledRows] = []
    var open: [String: SpooledRows] = [:]
    for record in records {
      guard !HeldEntry.isHeld(record), let (tenantID, row) = SpooledEntry.parts(of: record) else {
        continue
      }
      var rows = open[tenantID] ?? SpooledRows(tenantID: tenantID)
      if !rows.rows.isEmpty, rows.rows.count >= most || rows.bytes + row.utf8.count > mostBytes {
        done.append(rows)
        rows = SpooledRows(tenantID: tenantID)
      }
      rows.rows.append(row)
      rows.bytes += row.utf8.count
      open[tenantID] = rows
    }
    return done + open.values.sorted { $0.tenantID < $1.tenantID }
  }
}
