/// The fields of `google.api.HttpBody` that a body fills; its `extensions` are never touched.
struct HTTPBodyFields: Sendable {
  let contentType: Permanent<FieldPlan>
  let data: Permanent<FieldPlan>

  /// - Returns: nil where the type is another one, or has that name and another shape.
  init?(_ plan: UnsafePointer<MessagePlan>?) {
    guard let plan, plan.pointee.fullName.equals("google.api.HttpBody"),
      plan.pointee.fieldCount >= 2
    else { return nil }
    let type = plan.pointee.fields
    let data = plan.pointee.fields + 1
    guard type.pointee.number == 1, type.pointee.kind == .string,
      type.pointee.cardinality == .implicit, data.pointee.number == 2,
      data.pointee.kind == .bytes, data.pointee.cardinality == .implicit
    else { return nil }
    contentType = Permanent(pointer: type)
    self.data = Permanent(pointer: data)
  }

  /// Puts a body into a message, without a copy of its bytes.
  func fill(
    _ message: DynamicMessage, type: String, bytes: Bytes, _ arena: Arena
  ) throws(Fault) {
    DynamicMessage.store(try arena.copy(type), at: message.slot(contentType.pointer))
    message.mark(contentType.pointer)
    DynamicMessage.store(bytes, at: message.slot(data.pointer))
    message.mark(data.pointer)
  }
}
