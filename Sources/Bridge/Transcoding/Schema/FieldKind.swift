/// The type of a field's value, as descriptor.proto names it. Groups are refused at load.
public enum FieldKind: UInt8, Sendable, Equatable, BitwiseCopyable {
  case double, float
  case int32, sint32, sfixed32
  case int64, sint64, sfixed64
  case uint32, fixed32
  case uint64, fixed64
  case bool
  case string, bytes
  case `enum`
  case message

  /// Whether repeated values of this kind may share one length-delimited field.
  public var isPackable: Bool {
    switch self {
    case .string, .bytes, .message: false
    default: true
    }
  }

  /// Whether the value is a number, including enum numbers.
  public var isNumber: Bool {
    switch self {
    case .bool, .string, .bytes, .message: false
    default: true
    }
  }
}
