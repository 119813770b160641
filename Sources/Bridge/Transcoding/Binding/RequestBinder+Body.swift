// What becomes of a body, by its kind and by what the binding does with it.

extension RequestBinder {
  /// Binds a body of any kind.
  func bind(
    _ bytes: Bytes, _ kind: BodyKind, _ binder: inout TextBinder
  ) throws(TranscodingError) {
    if let httpBody, kind != .none || bytes.count > 0 {
      return try keep(bytes, kind, httpBody, binder)
    }
    guard bytes.count > 0 else { return }
    switch (kind, body) {
    case (.none, _), (_, .none):
      throw .invalid("", "this method takes no body", reason: "UNEXPECTED_BODY")
    case (.json, _), (.mergePatch, _): try bind(json: bytes, &binder)
    case (.form, .whole):
      if ignoresUnknownFormFields {
        // What RFC 6749 has ignored is not worth a word.
        var silent = TextBinder(
          binder.root, binder.plan, arena: binder.arena, ignoresUnknown: true)
        try bind(form: bytes, in: nil, bound: variables, &silent)
      } else {
        try bind(form: bytes, in: nil, bound: variables, &binder)
      }
    case (.form, .field(let field)):
      guard field.pointee.takesMembers else {
        throw .invalid("", "this method takes a JSON body, not a form", reason: "WRONG_BODY")
      }
      // The path may say what the form says, if it is the same.
      try bind(form: bytes, in: field.pointer, bound: [], &binder)
    case (.multipart(let boundary), _): try bind(parts: bytes, boundary: boundary, &binder)
    case (.httpBody, _):
      throw .invalid("", "this method takes no body of this type", reason: "WRONG_BODY")
    }
  }

  private func bind(json bytes: Bytes, _ binder: inout TextBinder) throws(TranscodingError) {
    let options = ParseOptions(ignoresUnknown: isLenient)
    let root = binder.root
    let ignored = try JSONBody.parse(
      bytes, binder.arena, options: options
    ) { parser throws(Fault) in
      guard case .field(let field) = body else {
        return try parser.message(plan.pointer, into: root)
      }
      parser.path.enter(field.pointer)
      // Elsewhere null leaves a field unset; as a whole body it says nothing.
      if try parser.reader.peek() == UInt8(ascii: "n"), !field.pointee.takesNull {
        throw parser.reader.mismatch()
      }
      try parser.field(field.pointer, of: root)
    }
    for name in ignored { binder.ignore(name) }
  }

  private func bind(
    form: Bytes, in base: UnsafePointer<FieldPlan>?, bound: [FieldPath],
    _ binder: inout TextBinder
  ) throws(TranscodingError) {
    var parameters = ParameterList(form, arena: binder.arena)
    while let parameter = try parameters.next() {
      try binder.bind(parameter.name, parameter.value, in: base, bound: bound, body: nil)
    }
  }

  /// Puts the body as it is where the binding wants it.
  private func keep(
    _ bytes: Bytes, _ kind: BodyKind, _ fields: HTTPBodyFields, _ binder: TextBinder
  ) throws(TranscodingError) {
    do throws(Fault) {
      var message = binder.root
      if case .field(let field) = body, let inner = field.pointee.message {
        message = try message.submessage(field.pointer, inner, binder.arena)
      }
      try fields.fill(message, type: kind.contentType, bytes: bytes, binder.arena)
    } catch {
      throw error.inRequest(path: "", field: nil)
    }
  }
}

extension BodyKind {
  /// The media type as a HttpBody has it.
  fileprivate var contentType: String {
    switch self {
    case .none: ""
    case .json: "application/json"
    case .mergePatch: "application/merge-patch+json"
    case .form: "application/x-www-form-urlencoded"
    case .multipart(let boundary): "multipart/form-data; boundary=\"\(boundary)\""
    case .httpBody(let contentType): contentType
    }
  }
}

extension FieldPlan {
  /// Whether names can lead into the field: one message, written as an object of its fields.
  var takesMembers: Bool {
    guard cardinality == .submessage || cardinality == .oneof, let message else { return false }
    return message.pointee.wellKnown == .none
  }
}
