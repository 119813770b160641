/// A column whose values only their owner's key opens: the contract declares it, the generator writes
/// it, and nothing else names it.
///
/// What can be done with it follows from its type: only a column with a `BlindIndex` can be searched,
/// for equality and nothing more. Anything else does not compile.
public struct SealedColumn<Value: Sendable, Search: SealedSearch>: Sendable {
  /// The table.
  public let table: String
  /// The column of the sealed bytes, which is part of what is authenticated with them.
  public let name: String
  /// The column of the row's key, which says whose row it is.
  public let key: String
  /// The column of the person to whom it belongs; nil where it belongs to the tenant.
  public let subject: String?
  private let indexColumn: String
  private let equality: Normalization

  private init(
    _ table: String, _ name: String, _ key: String, _ subject: String?, _ index: String,
    _ normalization: Normalization
  ) {
    self.table = table
    self.name = name
    self.key = key
    self.subject = subject
    indexColumn = index
    equality = normalization
  }
}

extension SealedColumn where Search == BlindIndex {
  /// The column of the blind index.
  public var index: String { indexColumn }
  /// What a value is turned into before it is indexed.
  public var normalization: Normalization { equality }
}

extension SealedColumn where Search == NoSearch {
  /// A column that nobody searches.
  public init(table: String, name: String, key: String, subject: String?) {
    self.init(table, name, key, subject, "", .exact)
  }
}

extension SealedColumn where Search == BlindIndex {
  /// A column that can be searched for a value as a whole.
  public init(
    table: String, name: String, key: String, subject: String?, index: String,
    normalization: Normalization
  ) {
    self.init(table, name, key, subject, index, normalization)
  }
}

/// How a sealed column can be searched.
public protocol SealedSearch {}

/// Not at all.
public enum NoSearch: SealedSearch {}

/// For equality, by a keyed hash beside it.
public enum BlindIndex: SealedSearch {}

/// What makes values equal.
public enum Normalization: String, Sendable {
  /// The same bytes.
  case exact
  /// The same letters, whatever their case.
  case lowercase

  /// A value as it is indexed.
  public func normalized(_ value: String) -> String {
    switch self {
    case .exact: value
    case .lowercase: value.lowercased()
    }
  }
}
