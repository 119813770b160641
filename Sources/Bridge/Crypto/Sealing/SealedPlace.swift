/// Where a sealed value is stored. It opens there and nowhere else: moved to another tenant, table,
/// column or row it is refused (S-H1).
public struct SealedPlace: Sendable, Hashable {
  /// The tenant's identifier.
  public var tenant: String
  /// The table.
  public var table: String
  /// The column.
  public var column: String
  /// The row's key.
  public var row: String

  /// Names a place.
  public init(tenant: String, table: String, column: String, row: String) {
    self.tenant = tenant
    self.table = table
    self.column = column
    self.row = row
  }

  /// The parts, each after its length in four bytes: no two places give the same bytes.
  public var authenticatedData: [UInt8] {
    var data: [UInt8] = []
    for part in [tenant, table, column, row] {
      let length = UInt32(truncatingIfNeeded: part.utf8.count)
      for shift in stride(from: 24 as UInt32, through: 0, by: -8) {
        data.append(UInt8(truncatingIfNeeded: length >> shift))
      }
      data.append(contentsOf: part.utf8)
    }
    return data
  }
}
