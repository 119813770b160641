/// A path of field names from a request message, such as `sub.name`, resolved when the process
/// starts.
struct FieldPath: Sendable {
  /// As the contract writes it.
  let text: String
  /// The fields on the way; all but the last are singular messages.
  private let steps: [Permanent<FieldPlan>]

  var leaf: UnsafePointer<FieldPlan> { steps[steps.count - 1].pointer }
  var first: UnsafePointer<FieldPlan> { steps[0].pointer }
  var count: Int { steps.count }

  /// The field at a step.
  func step(_ index: Int) -> UnsafePointer<FieldPlan> { steps[index].pointer }

  /// Resolves the path of a template's variable, by the names of the contract.
  ///
  /// - Throws: `SchemaError` if there is no such field, or none that one path segment can fill.
  init(variable: String, of message: MessageSchema, method: MethodSchema) throws(SchemaError) {
    func refusal(_ reason: String) -> SchemaError {
      SchemaError(.invalidBinding, subject: method.path, reason: "{\(variable)}: \(reason)")
    }
    var plan: UnsafePointer<MessagePlan>? = message.plan.pointer
    var steps: [Permanent<FieldPlan>] = []
    for name in variable.split(separator: ".", omittingEmptySubsequences: false) {
      guard let at = plan, let field = FieldPath.field(String(name), of: at) else {
        throw refusal("\(message.fullName) has no such field")
      }
      switch field.pointee.cardinality {
      case .repeated, .map: throw refusal("a list or a map cannot be filled from a path")
      default: break
      }
      steps.append(Permanent(pointer: field))
      // Below a well-known type there is nothing to name.
      plan = field.pointee.message.flatMap { $0.pointee.wellKnown == .none ? $0 : nil }
    }
    guard let last = steps.last, last.pointee.isText else {
      throw refusal("a message cannot be filled from a path")
    }
    text = variable
    self.steps = steps
  }

  /// The field that `body` or `response_body` names: one of the message's own, by the name of the
  /// contract.
  static func topLevel(
    _ name: String, of message: MessageSchema, what: String, method: MethodSchema
  ) throws(SchemaError) -> Permanent<FieldPlan> {
    guard !name.contains(".") else {
      throw SchemaError(
        .invalidBinding, subject: method.path,
        reason: "\(what) \"\(name)\" must name a field of \(message.fullName) itself, not a path")
    }
    guard let field = field(name, of: message.plan.pointer) else {
      throw SchemaError(
        .invalidBinding, subject: method.path,
        reason: "\(what): \(message.fullName) has no field \(name)")
    }
    return Permanent(pointer: field)
  }

  /// A field by the name of the contract, which is the only one that HttpRule uses.
  private static func field(
    _ name: String, of plan: UnsafePointer<MessagePlan>
  ) -> UnsafePointer<FieldPlan>? {
    for index in 0..<plan.pointee.fieldCount {
      let field = plan.pointee.fields + index
      if field.pointee.name.text == name { return field }
    }
    return nil
  }
}

extension FieldPlan {
  /// Whether a parameter's value is JSON: a Struct, a Value or a ListValue.
  var isJSON: Bool {
    guard cardinality != .map, let message else { return false }
    switch message.pointee.wellKnown {
    case .structure, .value, .listValue: return true
    default: return false
    }
  }

  /// Whether one piece of text can be a value of the field, or an element of it.
  var isText: Bool {
    guard cardinality != .map else { return false }
    guard let message else { return true }
    switch message.pointee.wellKnown {
    case .timestamp, .duration, .fieldMask, .wrapper: return true
    default: return false
    }
  }
}
