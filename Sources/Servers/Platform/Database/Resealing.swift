import Postgres
public import Storage

/// Seals a tenant's rows by the newest keys, a few at a time, while others read and write them. Where it
/// is cut off, it is run again: what is done is passed over.
public struct Resealing: Sendable {
  private static let atOnce = 100
  private static let patience: Duration = .seconds(60)

  private let database: TenantDatabase
  private let columns: [ResealedColumn]

  /// Takes the way to the rows, and what other domains have sealed in theirs.
  public init(database: TenantDatabase, others: [ResealedColumn] = []) {
    self.database = database
    columns = ResealedColumn.platform + others
  }

  /// Goes over all that lives for longer than a day. What does not (codes, messages, answers to repeated
  /// calls) goes by itself; personal data of audit entries stay as they are, for nobody changes those:
  /// a subject's key has sealed them, which the tenant's newest key wraps.
  ///
  /// - Returns: how many values were sealed anew.
  public func run(tenantID: String) async throws -> Int {
    var count = 0
    for column in columns {
      var last: String?
      repeat {
        let after = last
        let (done, end) = try await database.change(
          as: Actor(tenantID: tenantID, service: "sealing"), action: "artel.sealing/ResealRows",
          deadline: .now + Self.patience
        ) { try await Self.batch(column, after: after, $0) }
        count += done
        last = end
      } while last != nil
    }
    return count
  }

  /// - Returns: how many were sealed anew, and the last key; nil where nothing is behind it.
  private static func batch(
    _ column: ResealedColumn, after: String?, _ change: TenantChange
  ) async throws -> (done: Int, last: String?) {
    let rows = try await change.query(Statement(column.select, .text(after), .int(atOnce)))
    var done = 0
    for row in rows {
      let key = try row.text(0)
      let subject = try row.optionalText(1).map { PersonRow.subject($0) }
      guard let sealed = try row.optionalBytes(2),
        try await change.vault.isOutdated(sealed, subject: subject, tenantID: change.tenantID)
      else { continue }
      let next = try await change.vault.resealed(
        sealed, table: column.table, column: column.name, row: key, subject: subject,
        tenantID: change.tenantID)
      // Erased: it stays as it is.
      guard let next else { continue }
      done += try await change.execute(
        Statement(column.update, .text(key), .bytes(sealed), .bytes(next)))
    }
    return (done, rows.count == atOnce ? try rows.last?.text(0) : nil)
  }
}
