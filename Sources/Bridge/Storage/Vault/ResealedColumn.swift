public import Sealing

/// A sealed column that a rotation of keys seals anew, with what reads it and what writes it.
public struct ResealedColumn: Sendable {
  /// The table's name.
  public let table: String
  /// The column's name.
  public let name: String
  /// Key, person and value of the rows behind a key; no person for what the tenant's key seals.
  public let select: StaticString
  /// Replaces a value, unless somebody else has by then.
  public let update: StaticString

  /// Names a column.
  ///
  /// - Parameters:
  ///   - select: takes the key behind which it begins, as a text, and how many rows.
  ///   - update: takes a row's key as a text, what it had and what it gets.
  public init(
    table: String, name: String, _ select: StaticString, _ update: StaticString
  ) {
    self.table = table
    self.name = name
    self.select = select
    self.update = update
  }

  /// Names a column that the contract has sealed.
  public init(
    _ column: SealedColumn<String, some SealedSearch>, _ select: StaticString,
    _ update: StaticString
  ) {
    self.init(table: column.table, name: column.name, select, update)
  }
}
