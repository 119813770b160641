// Bodies of multipart/form-data (RFC 7578): one part for each field, files as they are.

extension RequestBinder {
  /// A part that has come whole.
  private struct Part {
    var header: MultipartPart
    /// In the body itself.
    var content: Bytes
  }

  /// Binds the parts of a body. A part is named as a field of the message that the body fills.
  ///
  /// A field of bytes or `google.api.HttpBody` takes a part as it is, a list of them several; other
  /// parts are JSON where their type says so or nothing else could fill the field, and else text by
  /// the rules of a query.
  func bind(
    parts body: Bytes, boundary: String, _ binder: inout TextBinder
  ) throws(TranscodingError) {
    var base: UnsafePointer<FieldPlan>?
    var bound = variables
    if case .field(let field) = self.body {
      guard field.pointee.takesMembers else {
        throw .invalid("", "this method takes a JSON body, not a form", reason: "WRONG_BODY")
      }
      base = field.pointer
      bound = []
    }
    var reader = try MultipartReader(boundary: boundary, limits: partLimits)
    var part: Part?
    try reader.feed(UnsafeRawBufferPointer(body.buffer)) { event throws(TranscodingError) in
      switch event {
      case .part(let header): part = Part(header: header, content: .empty)
      case .data(let bytes):
        // The body is one piece, and so is each part of it.
        part?.content = Bytes(bytes.bindMemory(to: UInt8.self))
      case .end:
        guard let whole = part else { return }
        part = nil
        try bind(whole, in: base, bound: bound, &binder)
      }
    }
    try reader.finish()
  }

  private func bind(
    _ part: Part, in base: UnsafePointer<FieldPlan>?, bound: [FieldPath],
    _ binder: inout TextBinder
  ) throws(TranscodingError) {
    let name: Bytes
    do throws(Fault) { name = try binder.arena.copy(part.header.name) } catch {
      throw error.inRequest(path: "", field: nil)
    }
    if name.equals("_charset_") {
      // RFC 7578 section 4.6 names the coding of the text in this way.
      guard part.content.text.lowercased() == "utf-8" else {
        throw .invalid("_charset_", "must be UTF-8", reason: "INVALID_TEXT")
      }
      return
    }
    guard let field = try binder.resolve(name, in: base) else { return }
    let isFile = field.pointee.takesFile
    if isFile || isJSON(part.header, field) {
      let path = binder.path(to: field)
      for variable in bound where variable.text == path {
        throw .invalid(path, "is given by the path", reason: "WRONG_PLACE")
      }
      let target: TextBinder.Target
      do throws(Fault) {
        target = try binder.target(field)
        if field.pointee.cardinality != .repeated { try binder.assign(target) }
        if isFile {
          let owner = binder.trail.last.flatMap(\.pointee.message) ?? plan.pointer
          try store(part, target, owner, binder.arena)
        }
      } catch {
        throw error.inRequest(path: path, field: field)
      }
      if isFile { return }
      return try bind(json: part, target, &binder)
    }
    guard isText(part.header.contentType) else {
      throw .invalid(
        binder.path(to: field), "a part for this field must be text/plain or application/json",
        reason: "WRONG_BODY")
    }
    try binder.bind(name, part.content, in: base, bound: bound, body: nil)
  }

  // MARK: Files

  private func store(
    _ part: Part, _ target: TextBinder.Target, _ owner: UnsafePointer<MessagePlan>, _ arena: Arena
  ) throws(Fault) {
    let field = target.field
    let isRepeated = field.pointee.cardinality == .repeated
    let slot =
      isRepeated ? try target.message.room(field, arena) : target.message.slot(field)
    if let plan = field.pointee.message, let fields = HTTPBodyFields(plan) {
      let message = try arena.message(plan)
      try fields.fill(
        message, type: part.header.contentType ?? "", bytes: part.content, arena)
      DynamicMessage.store(message, at: slot)
    } else {
      DynamicMessage.store(part.content, at: slot)
    }
    if isRepeated { target.message.appended(field) } else { target.message.mark(field) }
    try store(name: part.header.fileName, of: target, owner, arena)
  }

  /// Keeps a file's name in the string field `<field>_filename` beside it, or in `filename`, where
  /// there is one that is not set.
  private func store(
    name: String?, of target: TextBinder.Target, _ plan: UnsafePointer<MessagePlan>,
    _ arena: Arena
  ) throws(Fault) {
    guard let name else { return }
    let own = try arena.copy(target.field.pointee.name.text + "_filename")
    var index = plan.pointee.names.find(own)
    if index < 0 { index = plan.pointee.names.find(try arena.copy("filename")) }
    guard index >= 0 else { return }
    let field = plan.pointee.fields + index
    guard field.pointee.kind == .string else { return }
    switch field.pointee.cardinality {
    case .repeated:
      let slot = try target.message.room(field, arena)
      DynamicMessage.store(try arena.copy(name), at: slot)
      target.message.appended(field)
    case .implicit, .explicit:
      guard !target.message.has(field) else { return }
      DynamicMessage.store(try arena.copy(name), at: target.message.slot(field))
      target.message.mark(field)
    default: return
    }
  }

  // MARK: JSON

  private func bind(
    json part: Part, _ target: TextBinder.Target, _ binder: inout TextBinder
  ) throws(TranscodingError) {
    let options = ParseOptions(ignoresUnknown: isLenient)
    let arena = binder.arena
    let trail = Array(binder.trail)
    let ignored = try JSONBody.parse(
      part.content, arena, options: options
    ) { parser throws(Fault) in
      for step in trail {
        parser.path.enter(step)
        parser.path.descend()
      }
      let field = target.field
      parser.path.enter(field)
      guard field.pointee.cardinality == .repeated,
        try parser.reader.peek() != UInt8(ascii: "[")
      else { return try parser.field(field, of: target.message) }
      // One element of a list, each in a part of its own.
      let slot = try target.message.room(field, arena)
      if let plan = field.pointee.message {
        let element = try arena.message(plan)
        DynamicMessage.store(element, at: slot)
        try parser.nested(plan, into: element)
      } else {
        try parser.scalar(field, at: slot)
        if parser.isLeftOut() { return }
      }
      target.message.appended(field)
    }
    for name in ignored { binder.ignore(name) }
  }

  private func isJSON(_ header: MultipartPart, _ field: UnsafePointer<FieldPlan>) -> Bool {
    guard let type = header.contentType else { return !field.pointee.isText }
    let essence = type.prefix { $0 != ";" }.trimmed.lowercased()
    return essence == "application/json" || essence.hasSuffix("+json")
  }

  private func isText(_ type: String?) -> Bool {
    guard let type else { return true }
    let pieces = type.split(separator: ";").map { $0.trimmed.lowercased() }
    guard pieces.first == "text/plain" else { return false }
    return pieces.dropFirst().allSatisfy { parameter in
      guard parameter.hasPrefix("charset=") else { return true }
      let charset = parameter.dropFirst("charset=".count).filter { $0 != "\"" }
      return charset == "utf-8" || charset == "us-ascii"
    }
  }
}

extension FieldPlan {
  /// Whether the field, or an element of it, holds bytes as they are.
  fileprivate var takesFile: Bool {
    guard cardinality != .map else { return false }
    return kind == .bytes || HTTPBodyFields(message) != nil
  }
}
