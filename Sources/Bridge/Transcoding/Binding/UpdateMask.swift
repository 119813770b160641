/// The `update_mask` of a PATCH whose caller gave none: what the body says is what changes (RFC 7396,
/// AIP-134).
///
/// A path leads through plain singular messages to a leaf. Lists, maps, well-known types, `null` and
/// objects without members end a path: such a value is replaced as a whole.
struct UpdateMask: Sendable {
  /// The request's own field `update_mask`.
  private let field: Permanent<FieldPlan>
  /// The field `paths` of google.protobuf.FieldMask.
  private let mask: Permanent<MessagePlan>
  /// The type of the resource.
  private let resource: Permanent<MessagePlan>

  /// - Returns: nil where the method has no mask, or the body is no plain message.
  init?(of plan: UnsafePointer<MessagePlan>, body: UnsafePointer<FieldPlan>) {
    let index = plan.pointee.names.find(
      Bytes(base: UpdateMask.name.utf8Start, count: UpdateMask.name.utf8CodeUnitCount))
    guard index >= 0 else { return nil }
    let field = plan.pointee.fields + index
    guard field.pointee.cardinality == .submessage, let mask = field.pointee.message,
      mask.pointee.wellKnown == .fieldMask, let resource = UpdateMask.plain(body)
    else { return nil }
    self.field = Permanent(pointer: field)
    self.mask = Permanent(pointer: mask)
    self.resource = Permanent(pointer: resource)
  }

  private static let name: StaticString = "update_mask"

  /// The type of a singular message that is written as an object with its own fields.
  private static func plain(_ field: UnsafePointer<FieldPlan>) -> UnsafePointer<MessagePlan>? {
    switch field.pointee.cardinality {
    case .submessage, .oneof: break
    default: return nil
    }
    guard let plan = field.pointee.message, plan.pointee.wellKnown == .none else { return nil }
    return plan
  }

  /// Sets the mask of a request that has none.
  ///
  /// - Parameter json: the body, which has been parsed.
  func fill(_ root: DynamicMessage, json: Bytes, _ arena: Arena) throws(Fault) {
    guard !root.has(field.pointer) else { return }
    var paths: [String] = []
    var reader = JSONReader(json, arena: arena)
    try UpdateMask.collect(&reader, resource.pointer, prefix: "", into: &paths)
    guard !paths.isEmpty else { return }
    paths.sort()
    let message = try root.submessage(field.pointer, mask.pointer, arena)
    let list = mask.pointee.fields
    for path in paths {
      DynamicMessage.store(try arena.copy(path), at: try message.room(list, arena))
      message.appended(list)
    }
  }

  private static func collect(
    _ reader: inout JSONReader, _ plan: UnsafePointer<MessagePlan>, prefix: String,
    into paths: inout [String]
  ) throws(Fault) {
    try reader.open(UInt8(ascii: "{"))
    if try reader.closes(UInt8(ascii: "}")) {
      if !prefix.isEmpty { paths.append(prefix) }
      return
    }
    repeat {
      let key = try reader.key()
      let index = plan.pointee.names.find(key)
      guard index >= 0 else {
        _ = try reader.skipValue()
        continue
      }
      let field = plan.pointee.fields + index
      let name = field.pointee.name.text
      let path = prefix.isEmpty ? name : "\(prefix).\(name)"
      if try reader.peek() == UInt8(ascii: "{"), let inner = plain(field) {
        try collect(&reader, inner, prefix: path, into: &paths)
      } else {
        _ = try reader.skipValue()
        paths.append(path)
      }
    } while try reader.more(UInt8(ascii: "}"))
  }
}
