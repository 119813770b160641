/// A typed value for `$n`. A null has a type as well, so that a statement's types never change
/// between two uses.
public struct Parameter: Sendable {
  enum Value: Sendable {
    case null
    case text(String)
    case integer(Int64)
    case shortInteger(Int32)
    case double(Double)
    case bool(Bool)
    case uuid(String)
    case bytes([UInt8])
    case timestamp(Timestamp)
    case json(String)
    case texts([String])
    case uuids([String])
    case integers([Int64])
  }

  let type: TypeOID
  let value: Value

  private init(_ type: TypeOID, _ value: Value?) {
    self.type = type
    self.value = value ?? .null
  }

  /// `text`; must not contain NUL.
  public static func text(_ value: String?) -> Parameter {
    Parameter(.text, value.map { .text($0) })
  }
  /// `bigint`.
  public static func int(_ value: Int?) -> Parameter {
    Parameter(.int8, value.map { .integer(Int64($0)) })
  }
  /// `bigint`.
  public static func int8(_ value: Int64?) -> Parameter {
    Parameter(.int8, value.map { .integer($0) })
  }
  /// `integer`.
  public static func int4(_ value: Int32?) -> Parameter {
    Parameter(.int4, value.map { .shortInteger($0) })
  }
  /// `double precision`.
  public static func double(_ value: Double?) -> Parameter {
    Parameter(.float8, value.map { .double($0) })
  }
  /// `boolean`.
  public static func bool(_ value: Bool?) -> Parameter {
    Parameter(.bool, value.map { .bool($0) })
  }
  /// `uuid`, from its text with hyphens (RFC 9562 section 4).
  public static func uuid(_ value: String?) -> Parameter {
    Parameter(.uuid, value.map { .uuid($0) })
  }
  /// `bytea`.
  public static func bytes(_ value: [UInt8]?) -> Parameter {
    Parameter(.bytea, value.map { .bytes($0) })
  }
  /// `timestamptz`.
  public static func timestamp(_ value: Timestamp?) -> Parameter {
    Parameter(.timestamptz, value.map { .timestamp($0) })
  }
  /// `jsonb`, from its text.
  public static func jsonb(_ value: String?) -> Parameter {
    Parameter(.jsonb, value.map { .json($0) })
  }
  /// `text[]`.
  public static func textArray(_ value: [String]?) -> Parameter {
    Parameter(.textArray, value.map { .texts($0) })
  }
  /// `uuid[]`.
  public static func uuidArray(_ value: [String]?) -> Parameter {
    Parameter(.uuidArray, value.map { .uuids($0) })
  }
  /// `bigint[]`.
  public static func int8Array(_ value: [Int64]?) -> Parameter {
    Parameter(.int8Array, value.map { .integers($0) })
  }
}

/// The object identifiers of the built-in types (`pg_type.dat`), which never change.
struct TypeOID: RawRepresentable, Hashable, Sendable {
  let rawValue: UInt32

  static let bool = TypeOID(rawValue: 16)
  static let bytea = TypeOID(rawValue: 17)
  static let int8 = TypeOID(rawValue: 20)
  static let int2 = TypeOID(rawValue: 21)
  static let int4 = TypeOID(rawValue: 23)
  static let text = TypeOID(rawValue: 25)
  static let oid = TypeOID(rawValue: 26)
  static let json = TypeOID(rawValue: 114)
  static let float4 = TypeOID(rawValue: 700)
  static let float8 = TypeOID(rawValue: 701)
  static let int8Array = TypeOID(rawValue: 1016)
  static let textArray = TypeOID(rawValue: 1009)
  static let timestamptz = TypeOID(rawValue: 1184)
  static let uuid = TypeOID(rawValue: 2950)
  static let uuidArray = TypeOID(rawValue: 2951)
  static let jsonb = TypeOID(rawValue: 3802)
}
