/// Puts single values from outside of a JSON body into a request: path variables, query parameters
/// and form fields.
struct TextBinder {
  private let root: DynamicMessage
  private let plan: UnsafePointer<MessagePlan>
  private let arena: Arena
  /// What parameters have set so far.
  private var assigned: [(message: UnsafeMutableRawPointer, field: UnsafePointer<FieldPlan>)] = []

  init(_ root: DynamicMessage, _ plan: UnsafePointer<MessagePlan>, arena: Arena) {
    self.root = root
    self.plan = plan
    self.arena = arena
  }

  // MARK: Path variables

  /// Sets the field of a path variable. A body may have set it too, but only to the same value.
  func bind(_ text: String, to path: FieldPath) throws(TranscodingError) {
    do throws(Fault) {
      var message = root
      for index in 0..<path.count - 1 {
        message = try descend(path.step(index), of: message)
      }
      let value = try arena.copy(text)
      if message.has(path.leaf) {
        guard try isEqual(value, path.leaf, of: message) else {
          throw Fault(.duplicateField)
        }
      } else {
        try refuseTaken(path.leaf, of: message)
        try store(value, path.leaf, of: message)
      }
    } catch {
      if error.reason == .duplicateField {
        throw .invalid(path.text, "the path says something else than the body")
      }
      throw error.inRequest(path: path.text, field: path.leaf)
    }
  }

  private func isEqual(
    _ text: Bytes, _ field: UnsafePointer<FieldPlan>, of message: DynamicMessage
  ) throws(Fault) -> Bool {
    let slot = message.slot(field)
    let other = try arena.take(field.pointee.size)
    try store(text, field, at: other)
    switch field.pointee.kind {
    case .message:
      guard let one = DynamicMessage.at(slot), let two = DynamicMessage.at(other) else {
        return false
      }
      return try MessageCodec.pack(one, in: arena) == MessageCodec.pack(two, in: arena)
    case .string, .bytes: return DynamicMessage.bytes(at: slot) == DynamicMessage.bytes(at: other)
    default:
      return equalBytes(
        slot.assumingMemoryBound(to: UInt8.self), other.assumingMemoryBound(to: UInt8.self),
        field.pointee.size)
    }
  }

  // MARK: Parameters

  /// Sets the field that a parameter names, or adds to it if it is a list.
  ///
  /// - Parameters:
  ///   - name: field names, JSON's or the contract's, with dots between them.
  ///   - value: the decoded value.
  ///   - bound: the path variables, whose fields no parameter may name.
  ///   - body: the field that the body fills, in which no parameter may name anything.
  ///   - ignoresUnknown: whether a name that no field has is passed over.
  mutating func bind(
    _ name: Bytes, _ value: Bytes, bound: [FieldPath], body: UnsafePointer<FieldPlan>?,
    ignoresUnknown: Bool
  ) throws(TranscodingError) {
    var steps: [UnsafePointer<FieldPlan>] = []
    guard let field = try resolve(name, &steps, ignoresUnknown: ignoresUnknown) else { return }
    let path = TextBinder.text(steps + [field])
    if let body, (steps.first ?? field) == body {
      throw .invalid(path, "belongs into the body")
    }
    if bound.contains(where: { $0.isSame(steps, field) }) {
      throw .invalid(path, "is given by the path")
    }
    do throws(Fault) {
      var message = root
      for step in steps { message = try descend(step, of: message) }
      if field.pointee.cardinality == .repeated {
        try append(value, field, of: message)
      } else {
        for one in assigned where one.message == message.raw && one.field == field {
          throw Fault(.duplicateField)
        }
        assigned.append((message.raw, field))
        try refuseTaken(field, of: message)
        try store(value, field, of: message)
      }
    } catch {
      throw error.inRequest(path: path, field: field)
    }
  }

  /// Follows a name to its last field; nil for a name to be passed over.
  private func resolve(
    _ name: Bytes, _ steps: inout [UnsafePointer<FieldPlan>], ignoresUnknown: Bool
  ) throws(TranscodingError) -> UnsafePointer<FieldPlan>? {
    var plan = plan
    var start = 0
    while true {
      var end = start
      while end < name.count, name[end] != UInt8(ascii: ".") { end += 1 }
      let index = plan.pointee.names.find(name.from(start).first(end - start))
      guard index >= 0 else {
        if ignoresUnknown { return nil }
        let known = TextBinder.text(steps)
        let unknown = ParameterList.shown(name.from(start))
        throw .invalid(known.isEmpty ? unknown : "\(known).\(unknown)", "no such field")
      }
      let field = plan.pointee.fields + index
      if end == name.count {
        guard field.pointee.isText else {
          throw .invalid(
            TextBinder.text(steps + [field]), "cannot be given as a parameter, only in a body")
        }
        return field
      }
      switch field.pointee.cardinality {
      case .submessage, .oneof: break
      default:
        throw .invalid(
          TextBinder.text(steps + [field]), "has no fields that a parameter could name")
      }
      guard let inner = field.pointee.message, inner.pointee.wellKnown == .none else {
        throw .invalid(
          TextBinder.text(steps + [field]), "has no fields that a parameter could name")
      }
      steps.append(field)
      guard steps.count <= MessageCodec.depthLimit else {
        throw .invalid(ParameterList.shown(name), "nested too deeply")
      }
      plan = inner
      start = end + 1
    }
  }

  private static func text(_ steps: [UnsafePointer<FieldPlan>]) -> String {
    steps.map { $0.pointee.name.text }.joined(separator: ".")
  }

  // MARK: Fields

  private func descend(
    _ field: UnsafePointer<FieldPlan>, of message: DynamicMessage
  ) throws(Fault) -> DynamicMessage {
    guard let plan = field.pointee.message else { throw Fault(.wrongType) }
    try refuseTaken(field, of: message)
    return try message.submessage(field, plan, arena)
  }

  /// Refuses the second member of a oneof.
  private func refuseTaken(
    _ field: UnsafePointer<FieldPlan>, of message: DynamicMessage
  ) throws(Fault) {
    guard field.pointee.cardinality == .oneof else { return }
    let taken = message.flag(field)
    guard taken == 0 || taken == field.pointee.number else { throw Fault(.oneofTaken) }
  }

  private func store(
    _ value: Bytes, _ field: UnsafePointer<FieldPlan>, of message: DynamicMessage
  ) throws(Fault) {
    try store(value, field, at: message.slot(field))
    message.mark(field)
  }

  private func append(
    _ value: Bytes, _ field: UnsafePointer<FieldPlan>, of message: DynamicMessage
  ) throws(Fault) {
    try store(value, field, at: try message.room(field, arena))
    message.appended(field)
  }

  private func store(
    _ value: Bytes, _ field: UnsafePointer<FieldPlan>, at slot: UnsafeMutableRawPointer
  ) throws(Fault) {
    guard let plan = field.pointee.message else {
      return try ScalarText.store(value, as: field, at: slot, arena)
    }
    let inner = try arena.message(plan)
    try ScalarText.store(value, into: inner, as: plan, arena)
    DynamicMessage.store(inner, at: slot)
  }
}

extension FieldPath {
  /// Whether these fields are those of the path.
  fileprivate func isSame(
    _ steps: [UnsafePointer<FieldPlan>], _ field: UnsafePointer<FieldPlan>
  ) -> Bool {
    guard steps.count == count - 1, leaf == field else { return false }
    return steps.indices.allSatisfy { step($0) == steps[$0] }
  }
}
