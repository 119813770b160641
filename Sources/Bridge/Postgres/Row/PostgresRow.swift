/// One row of a result. Columns are read by position and by type: a wrong type, a null where none
/// was expected, or a column that does not exist throws `.decoding`.
public struct PostgresRow: Sendable {
  let table: RowSet
  let first: Int

  /// The number of columns.
  public var count: Int { table.types.count }

  /// Whether the column is null.
  public func isNull(_ column: Int) throws(PostgresError) -> Bool {
    try cell(column).length < 0
  }

  /// A text: `text`, `varchar`, `name`, an enum, `uuid`, `json` or `jsonb`.
  public func text(_ column: Int) throws(PostgresError) -> String {
    try require(optionalText(column), column)
  }
  public func optionalText(_ column: Int) throws(PostgresError) -> String? {
    try optional(column, Decoding.text)
  }

  /// An integer of 2, 4 or 8 bytes.
  public func int(_ column: Int) throws(PostgresError) -> Int {
    try require(optionalInt(column), column)
  }
  public func optionalInt(_ column: Int) throws(PostgresError) -> Int? {
    try optional(column, Decoding.int)
  }

  /// A `real` or `double precision`.
  public func double(_ column: Int) throws(PostgresError) -> Double {
    try require(optionalDouble(column), column)
  }
  public func optionalDouble(_ column: Int) throws(PostgresError) -> Double? {
    try optional(column, Decoding.double)
  }

  /// A `boolean`.
  public func bool(_ column: Int) throws(PostgresError) -> Bool {
    try require(optionalBool(column), column)
  }
  public func optionalBool(_ column: Int) throws(PostgresError) -> Bool? {
    try optional(column, Decoding.bool)
  }

  /// A `uuid`, as text in lower case.
  public func uuid(_ column: Int) throws(PostgresError) -> String {
    try require(optionalUUID(column), column)
  }
  public func optionalUUID(_ column: Int) throws(PostgresError) -> String? {
    try optional(column, Decoding.uuid)
  }

  /// A `bytea`.
  public func bytes(_ column: Int) throws(PostgresError) -> [UInt8] {
    try require(optionalBytes(column), column)
  }
  public func optionalBytes(_ column: Int) throws(PostgresError) -> [UInt8]? {
    try optional(column, Decoding.bytes)
  }

  /// A finite `timestamptz`.
  public func timestamp(_ column: Int) throws(PostgresError) -> Timestamp {
    try require(optionalTimestamp(column), column)
  }
  public func optionalTimestamp(_ column: Int) throws(PostgresError) -> Timestamp? {
    try optional(column, Decoding.timestamp)
  }

  /// A one-dimensional array of texts or UUIDs without nulls.
  public func textArray(_ column: Int) throws(PostgresError) -> [String] {
    try require(optionalTextArray(column), column)
  }
  public func optionalTextArray(_ column: Int) throws(PostgresError) -> [String]? {
    try optional(column, Decoding.textArray)
  }

  private func cell(_ column: Int) throws(PostgresError) -> RowSet.Cell {
    guard table.types.indices.contains(column) else {
      throw PostgresError(code: .decoding, diagnostic: "there is no column \(column)")
    }
    return table.cells[first + column]
  }

  private func optional<Value>(
    _ column: Int, _ decode: (ArraySlice<UInt8>, TypeOID) -> Value?
  ) throws(PostgresError) -> Value? {
    let cell = try cell(column)
    guard cell.length >= 0 else { return nil }
    let type = table.types[column]
    guard let value = decode(table.bytes[cell.offset..<cell.offset + cell.length], type) else {
      throw PostgresError(
        code: .decoding,
        diagnostic: "column \(column) of type \(type.rawValue) is not a \(Value.self)")
    }
    return value
  }

  private func require<Value>(_ value: Value?, _ column: Int) throws(PostgresError) -> Value {
    guard let value else {
      throw PostgresError(code: .decoding, diagnostic: "column \(column) is null")
    }
    return value
  }
}
