/// The fields of a request that headers may fill: `etag` by `If-Match` (RFC 9110 section 13.1.1,
/// AIP-154) and `request_id` by `Idempotency-Key` (AIP-155).
struct HeaderFields: Sendable {
  /// The request's own `etag`.
  private let entityTag: Permanent<FieldPlan>?
  /// Where the request has none: the `etag` of the resource in its body, and the resource.
  private let bodyEntityTag: Permanent<FieldPlan>?
  private let body: Permanent<FieldPlan>?
  private let requestID: Permanent<FieldPlan>?

  init(of plan: UnsafePointer<MessagePlan>, body: UnsafePointer<FieldPlan>?) {
    entityTag = HeaderFields.string("etag", in: plan)
    requestID = HeaderFields.string("request_id", in: plan)
    if entityTag == nil, let body, body.pointee.cardinality == .submessage,
      let resource = body.pointee.message, resource.pointee.wellKnown == .none,
      let field = HeaderFields.string("etag", in: resource)
    {
      bodyEntityTag = field
      self.body = Permanent(pointer: body)
    } else {
      bodyEntityTag = nil
      self.body = nil
    }
  }

  private static func string(
    _ name: StaticString, in plan: UnsafePointer<MessagePlan>
  ) -> Permanent<FieldPlan>? {
    let index = plan.pointee.names.find(
      Bytes(base: name.utf8Start, count: name.utf8CodeUnitCount))
    guard index >= 0 else { return nil }
    let field = plan.pointee.fields + index
    guard field.pointee.kind == .string else { return nil }
    switch field.pointee.cardinality {
    case .implicit, .explicit: return Permanent(pointer: field)
    default: return nil
    }
  }

  /// Sets the entity tag that the caller demands, with its quotes, as AIP-154 has it in the field.
  func bind(
    ifMatch value: String, to root: DynamicMessage, _ arena: Arena
  ) throws(TranscodingError) {
    let value = value.trimmed
    // Any state of the resource will do.
    if value == "*" { return }
    guard HeaderFields.isEntityTag(value) else {
      throw .invalid(
        "If-Match", "must be one strong entity tag in quotes, or *", reason: "INVALID_HEADER")
    }
    if let entityTag {
      try set(entityTag.pointer, of: root, value, path: "etag", header: "If-Match", arena)
    } else if let bodyEntityTag, let body, let plan = body.pointee.message {
      let resource: DynamicMessage
      do throws(Fault) { resource = try root.submessage(body.pointer, plan, arena) } catch {
        throw error.inRequest(path: "", field: nil)
      }
      try set(
        bodyEntityTag.pointer, of: resource, value, path: "\(body.pointee.name.text).etag",
        header: "If-Match", arena)
    }
  }

  /// Sets the identifier by which a repeated request is known.
  func bind(
    idempotencyKey value: String, to root: DynamicMessage, _ arena: Arena
  ) throws(TranscodingError) {
    guard let requestID else { return }
    guard let key = KeyText.read(value.trimmed) else {
      throw .invalid(
        "Idempotency-Key", "must be a string in quotes (RFC 8941), or a token",
        reason: "INVALID_HEADER")
    }
    try set(
      requestID.pointer, of: root, key, path: "request_id", header: "Idempotency-Key", arena)
  }

  private func set(
    _ field: UnsafePointer<FieldPlan>, of message: DynamicMessage, _ text: String, path: String,
    header: String, _ arena: Arena
  ) throws(TranscodingError) {
    do throws(Fault) {
      let value = try arena.copy(text)
      if message.has(field) {
        guard DynamicMessage.bytes(at: message.slot(field)) == value else {
          throw Fault(.duplicateField)
        }
        return
      }
      DynamicMessage.store(value, at: message.slot(field))
      message.mark(field)
    } catch {
      if error.reason == .duplicateField {
        throw .invalid(path, "\(header) says something else", reason: "CONTRADICTION")
      }
      throw error.inRequest(path: path, field: field)
    }
  }

  /// `opaque-tag` of RFC 9110 section 8.8.3.
  private static func isEntityTag(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"")
    else { return false }
    return bytes[1..<bytes.count - 1].allSatisfy {
      $0 == 0x21 || (0x23...0x7e).contains($0) || $0 >= 0x80
    }
  }
}
