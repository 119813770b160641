public import LibCrypto
public import Postgres
public import Sealing

/// A sealed value as a row has it, with the place that it belongs to.
public struct SealedCell: Sendable {
  let sealed: [UInt8]?
  let place: SealedPlace
}

extension SealedCell {
  /// A value of a column of which a caller knows the name alone.
  ///
  /// - Parameters:
  ///   - sealed: nil where the row has none.
  ///   - key: the row's key.
  public init(
    _ sealed: [UInt8]?, table: String, column: String, tenantID: String, key: String
  ) {
    self.init(
      sealed: sealed,
      place: SealedPlace(tenant: tenantID, table: table, column: column, row: key))
  }
}

extension SealedColumn {
  /// Where a row's value is.
  func place(tenantID: String, row: String) -> SealedPlace {
    SealedPlace(tenant: tenantID, table: table, column: name, row: row)
  }

  /// A row's sealed value.
  ///
  /// - Parameters:
  ///   - position: where the row has this column.
  ///   - key: the row's key.
  public func cell(
    _ row: PostgresRow, _ position: Int, tenantID: String, key: String
  ) throws -> SealedCell {
    SealedCell(
      sealed: try row.optionalBytes(position), place: place(tenantID: tenantID, row: key))
  }
}

extension SealedColumn where Value == String {
  /// Seals a value, as a parameter for this column of a row.
  ///
  /// - Parameter subject: whom it tells of; the principal's subject.
  public func sealed(
    _ value: String?, tenantID: String, key: String, of subject: String?, _ vault: TenantVault
  ) async throws -> Parameter {
    guard let value else { return .bytes(nil) }
    return .bytes(
      try await vault.seal(
        Array(value.utf8), at: place(tenantID: tenantID, row: key), subject: subject))
  }
}

extension SealedColumn where Value == String, Search == BlindIndex {
  /// What a search for a value compares with, and what is stored beside the sealed value.
  public func index(
    of value: String?, tenantID: String, _ vault: TenantVault
  ) async throws -> Parameter {
    guard let value else { return .bytes(nil) }
    return .bytes(
      try await vault.blindIndex(
        normalization.normalized(value), table: table, column: index, tenantID: tenantID))
  }
}

extension TenantVault {
  /// What stands for a value whose subject was erased.
  public static let erased = "[erased]"

  /// What became of a sealed value.
  public enum OpenedValue: Sendable, Hashable {
    /// The row has none.
    case absent
    /// Its subject was erased.
    case erased
    /// The value.
    case opened([UInt8])
  }

  /// Opens values, all keys fetched together.
  public func values(_ cells: [SealedCell]) async throws -> [OpenedValue] {
    let present = cells.compactMap { cell in cell.sealed.map { ($0, cell.place) } }
    var opened = try await open(present).makeIterator()
    return cells.map { cell in
      guard cell.sealed != nil, let value = opened.next() else { return .absent }
      return value.map { .opened($0) } ?? .erased
    }
  }

  /// Opens texts, all keys fetched together; empty for what the row does not have.
  public func texts(_ cells: [SealedCell]) async throws -> [String] {
    try await values(cells).map { value in
      switch value {
      case .absent: ""
      case .erased: Self.erased
      case .opened(let bytes): String(decoding: bytes, as: UTF8.self)
      }
    }
  }
}
