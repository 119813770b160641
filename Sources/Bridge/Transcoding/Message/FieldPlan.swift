/// How a field's value lies in a protobuf-c message.
enum Cardinality: UInt8 {
  /// One value whose default is not sent (proto3); a has-flag at `quantifier` all the same.
  case implicit
  /// One value with a has-flag at `quantifier`.
  case explicit
  /// A pointer to a message, nil if unset.
  case submessage
  /// A member of a oneof; the number of the set member is at `quantifier`.
  case oneof
  /// A pointer to elements, their count at `quantifier`.
  case repeated
  /// As `repeated`, with entry messages for elements.
  case map

  /// Whether an unset field is the same as one that holds its default.
  @inline(__always)
  var lacksPresence: Bool {
    switch self {
    case .implicit, .repeated, .map: true
    case .explicit, .submessage, .oneof: false
    }
  }
}

/// All that reading and printing a field needs, without a reference to count.
struct FieldPlan {
  /// The number on the wire.
  var number: UInt32
  /// Where the value is in the message.
  var offset: Int
  /// Where the has-flag, the case or the count is.
  var quantifier: Int
  /// The size of a value, or of each element.
  var size: Int
  /// The position in `MessagePlan.fields`.
  var index: Int
  var kind: FieldKind
  var cardinality: Cardinality
  /// Whether JSON `null` is a value of this type rather than the absence of one.
  var takesNull: Bool
  /// Whether the enum is google.protobuf.NullValue, which prints as `null`.
  var isNullValue: Bool
  /// Which bit marks a singular message as seen in a scan; 0 for every other field.
  var seenBit: UInt64
  /// Which bit stands for the field's oneof; 0 outside of one.
  var oneofBit: UInt64
  /// Whether a list is written in one piece.
  var isPacked: Bool
  /// The tag that stands before a value, or before a packed list: its bytes from the lowest on.
  var tag: UInt64
  var tagCount: Int
  /// `"jsonName":`, with room to read eight bytes too far.
  var key: Bytes
  /// `"name":`, as above.
  var nameKey: Bytes
  /// The name in the contract.
  var name: Bytes
  /// The type of a message, or of a map's entries.
  var message: UnsafePointer<MessagePlan>?
  /// The type of an enum.
  var enumeration: UnsafePointer<EnumPlan>?
}
