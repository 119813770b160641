import Mutation

/// Puts single values from outside of a JSON body into a request: path variables, query parameters
/// and the fields of forms.
struct TextBinder {
  /// A parameter's place in the request.
  struct Target {
    var message: DynamicMessage
    var field: UnsafePointer<FieldPlan>
  }

  let root: DynamicMessage
  let plan: UnsafePointer<MessagePlan>
  let arena: Arena
  /// Whether a name that no field has is passed over and kept in `ignored`.
  let ignoresUnknown: Bool
  private(set) var ignored: [String] = []
  /// What parameters have set so far: lists may be added to, other fields not.
  private var assigned: UnsafeMutablePointer<Assigned>?
  private var assignedCount = 0
  private var assignedCapacity = 0
  /// The fields of the name that is being followed; made for the first name with a dot.
  private var steps: UnsafeMutablePointer<UnsafePointer<FieldPlan>>?
  private var stepCount = 0

  private struct Assigned {
    var message: UnsafeMutableRawPointer
    var field: UnsafePointer<FieldPlan>
  }

  init(
    _ root: DynamicMessage, _ plan: UnsafePointer<MessagePlan>, arena: Arena,
    ignoresUnknown: Bool = false
  ) {
    self.root = root
    self.plan = plan
    self.arena = arena
    self.ignoresUnknown = ignoresUnknown
  }

  /// Keeps the name of something that nobody knows.
  mutating func ignore(_ name: String) {
    if ignored.count < BoundRequest.greatestIgnored { ignored.append(name) }
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
        throw .invalid(
          path.text, "the path says something else than the body", reason: "CONTRADICTION")
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
  ///   - base: a field of the root in whose message the names are; nil for the root's own.
  ///   - bound: the path variables, whose fields no parameter may name.
  ///   - body: the field that the body fills, in which no parameter may name anything.
  mutating func bind(
    _ name: Bytes, _ value: Bytes, in base: UnsafePointer<FieldPlan>? = nil, bound: [FieldPath],
    body: UnsafePointer<FieldPlan>?
  ) throws(TranscodingError) {
    if let entry = MapEntryName(name), plan.pointee.names.find(name) < 0 {
      return try bind(entry, value, in: base, body: body)
    }
    guard let field = try resolve(name, in: base) else { return }
    guard field.pointee.isText || field.pointee.isJSON else {
      throw .invalid(
        path(to: field), "cannot be given as a parameter, only in a body", reason: "WRONG_PLACE")
    }
    try refuse(field, in: body)
    for variable in bound where isSame(variable, field) {
      throw .invalid(path(to: field), "is given by the path", reason: "WRONG_PLACE")
    }
    do throws(Fault) {
      let target = try target(field)
      if field.pointee.cardinality == .repeated {
        try append(value, field, of: target.message)
      } else {
        try assign(target)
        try store(value, field, of: target.message)
      }
    } catch {
      throw error.inRequest(path: path(to: field), field: field)
    }
  }

  /// Refuses the last resolved field where it is the body's, or in it.
  func refuse(
    _ field: UnsafePointer<FieldPlan>, in body: UnsafePointer<FieldPlan>?
  ) throws(TranscodingError) {
    if let body, (stepCount > 0 ? steps?[0] : field) == body {
      throw .invalid(path(to: field), "belongs into the body", reason: "WRONG_PLACE")
    }
  }

  /// Follows a name to its last field; nil for a name to be passed over. The fields on the way are
  /// the steps until the next call.
  mutating func resolve(
    _ name: Bytes, in base: UnsafePointer<FieldPlan>?
  ) throws(TranscodingError) -> UnsafePointer<FieldPlan>? {
    var plan = plan
    stepCount = 0
    if let base {
      guard let inner = base.pointee.message else { return nil }
      try push(base, name)
      plan = inner
    }
    var start = 0
    while true {
      var end = start
      while end < name.count, name[end] != UInt8(ascii: ".") { end += 1 }
      let index = plan.pointee.names.find(name.from(start).first(end - start))
      guard index >= 0 else {
        let known = path(to: nil)
        let unknown = ParameterList.shown(name.from(start))
        let path = known.isEmpty ? unknown : "\(known).\(unknown)"
        if ignoresUnknown {
          ignore(path)
          return nil
        }
        throw .invalid(path, "no such field", reason: "UNKNOWN_FIELD")
      }
      let field = plan.pointee.fields + index
      if end == name.count { return field }
      let hasFields =
        field.pointee.cardinality == .submessage || field.pointee.cardinality == .oneof
      guard hasFields, let inner = field.pointee.message, inner.pointee.wellKnown == .none else {
        throw .invalid(
          path(to: field), "has no fields that a parameter could name", reason: "WRONG_PLACE")
      }
      try push(field, name)
      plan = inner
      start = end + 1
    }
  }

  private mutating func push(
    _ field: UnsafePointer<FieldPlan>, _ name: Bytes
  ) throws(TranscodingError) {
    guard stepCount < MessageCodec.depthLimit else {
      throw .invalid(
        ParameterList.shown(name), "nested too deeply", reason: "NESTED_TOO_DEEPLY")
    }
    if steps == nil {
      do throws(Fault) {
        let size = MessageCodec.depthLimit * MemoryLayout<UnsafePointer<FieldPlan>>.stride
        steps = try arena.take(size).bindMemory(
          to: UnsafePointer<FieldPlan>.self, capacity: MessageCodec.depthLimit)
      } catch {
        throw error.inRequest(path: "", field: nil)
      }
    }
    steps?[stepCount] = field
    stepCount += 1
  }

  /// The fields that lead to the last resolved one.
  var trail: UnsafeBufferPointer<UnsafePointer<FieldPlan>> {
    UnsafeBufferPointer(start: steps, count: stepCount)
  }

  /// The path of the steps and a field behind them, for errors.
  func path(to field: UnsafePointer<FieldPlan>?) -> String {
    var names = trail.map(\.pointee.name.text)
    if let field { names.append(field.pointee.name.text) }
    return names.joined(separator: ".")
  }

  /// Whether the steps and the field behind them are those of a variable.
  private func isSame(_ path: FieldPath, _ field: UnsafePointer<FieldPlan>) -> Bool {
    guard stepCount == path.count - 1, path.leaf == field else { return false }
    return trail.indices.allSatisfy { path.step($0) == trail[$0] }
  }

  // MARK: Fields

  /// The message of the last resolved field; those on the way are made.
  func target(_ field: UnsafePointer<FieldPlan>) throws(Fault) -> Target {
    var message = root
    for step in trail { message = try descend(step, of: message) }
    return Target(message: message, field: field)
  }

  /// Claims a field that may be given once.
  mutating func assign(_ target: Target) throws(Fault) {
    if Mutation.isOn(.takesRepeatedParameters) { return }
    for index in 0..<assignedCount {
      if let one = assigned?[index], one.message == target.message.raw, one.field == target.field {
        throw Fault(.duplicateField)
      }
    }
    if assignedCount == assignedCapacity {
      let capacity = max(16, assignedCapacity * 2)
      let memory = try arena.take(capacity * MemoryLayout<Assigned>.stride)
        .bindMemory(to: Assigned.self, capacity: capacity)
      if let assigned { memory.update(from: assigned, count: assignedCount) }
      assigned = memory
      assignedCapacity = capacity
    }
    assigned?[assignedCount] = Assigned(message: target.message.raw, field: target.field)
    assignedCount += 1
    try refuseTaken(target.field, of: target.message)
  }

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

  func store(
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

  func store(
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
