/// Makes the request message of one method from an HTTP request that one of its bindings matched.
///
/// Every field comes from exactly one place: the path, the body or the query (http.proto, "Rules
/// for HTTP mapping"). What comes from two places, or from a place where it does not belong, is an
/// error and never overrides anything.
public struct RequestBinder: Sendable {
  private enum Body {
    case none
    case whole
    case field(Permanent<FieldPlan>)
  }

  /// What is unusual about the binding although it is served, for the log: a body on GET or DELETE.
  public let warnings: [String]

  private let plan: Permanent<MessagePlan>
  private let variables: [FieldPath]
  private let body: Body
  /// RFC 6749 section 3.2 has a token endpoint ignore parameters that it does not know.
  private let ignoresUnknownFormFields: Bool
  private let memoryBudget: Int

  /// - Parameters:
  ///   - method: the method.
  ///   - binding: one of its rules.
  ///   - variables: the field paths of the template's variables, in their order.
  ///   - memoryBudget: how many bytes of memory one request may take while it is bound.
  /// - Throws: `SchemaError` if a variable or the body names no suitable field, or both the same.
  public init(
    method: MethodSchema, binding: HTTPBinding, variables: [String], memoryBudget: Int = 64 << 20
  ) throws(SchemaError) {
    plan = method.input.plan
    self.memoryBudget = memoryBudget
    ignoresUnknownFormFields = method.policy?.rest.oauthErrors ?? false
    var paths: [FieldPath] = []
    for variable in variables {
      paths.append(try FieldPath(variable: variable, of: method.input, method: method))
    }
    self.variables = paths
    switch binding.body {
    case "": body = .none
    case "*": body = .whole
    default:
      let field = try FieldPath.topLevel(
        binding.body, of: method.input, what: "body", method: method)
      guard !paths.contains(where: { $0.count == 1 && $0.leaf == field.pointer }) else {
        throw SchemaError(
          .invalidBinding, subject: method.path,
          reason: "\(binding.body) is both the body and a variable of the path")
      }
      body = .field(field)
    }
    warnings =
      !binding.body.isEmpty && ["GET", "DELETE"].contains(binding.verb)
      ? ["\(method.path): a body on \(binding.verb) has no meaning to HTTP (RFC 9110 section 9.3)"]
      : []
  }

  /// The serialized request message.
  ///
  /// - Parameters:
  ///   - pathValues: the values of the variables, percent-decoded, in their order.
  ///   - query: the query of the URL as it is, without the question mark.
  ///   - body: the body; its bytes are not kept.
  ///   - bodyKind: what the body is.
  /// - Throws: `invalidArgument` with the path of the field that is wrong, or `tooLarge`.
  public func message(
    pathValues: [String], query: Substring, body: UnsafeRawBufferPointer, bodyKind: BodyKind
  ) throws(TranscodingError) -> [UInt8] {
    precondition(pathValues.count == variables.count, "one value for each variable")
    return try Arena.with(budget: memoryBudget) { arena throws(TranscodingError) in
      let root: DynamicMessage
      do throws(Fault) { root = try arena.message(plan.pointer) } catch {
        throw error.inRequest(path: "", field: nil)
      }
      var binder = TextBinder(root, plan.pointer, arena: arena)
      try bind(Bytes(body.bindMemory(to: UInt8.self)), bodyKind, to: root, &binder, arena)
      for index in variables.indices {
        try binder.bind(pathValues[index], to: variables[index])
      }
      if !query.isEmpty {
        // The bytes are copied, since values that need no decoding are not.
        let text: Bytes
        do throws(Fault) { text = try arena.copy(String(query)) } catch {
          throw error.inRequest(path: "", field: nil)
        }
        try bind(query: text, &binder, arena)
      }
      return MessageCodec.pack(root)
    }
  }

  private func bind(
    _ bytes: Bytes, _ kind: BodyKind, to root: DynamicMessage, _ binder: inout TextBinder,
    _ arena: Arena
  ) throws(TranscodingError) {
    guard bytes.count > 0 else { return }
    switch (kind, body) {
    case (.none, _), (_, .none):
      throw .invalid("", "this method takes no body")
    case (.json, .whole):
      try JSONBody.parse(bytes, arena) { parser throws(Fault) in
        try parser.message(plan.pointer, into: root)
      }
    case (.json, .field(let field)):
      try JSONBody.parse(bytes, arena) { parser throws(Fault) in
        parser.path.enter(field.pointer)
        // Elsewhere null leaves a field unset; as a whole body it says nothing.
        if try parser.reader.peek() == UInt8(ascii: "n"), !field.pointee.takesNull {
          throw parser.reader.mismatch()
        }
        try parser.field(field.pointer, of: root)
      }
    case (.form, .whole):
      var parameters = ParameterList(bytes, arena: arena)
      while let parameter = try parameters.next() {
        try binder.bind(
          parameter.name, parameter.value, bound: variables, body: nil,
          ignoresUnknown: ignoresUnknownFormFields)
      }
    case (.form, .field):
      throw .invalid("", "this method takes a JSON body, not a form")
    }
  }

  private func bind(
    query: Bytes, _ binder: inout TextBinder, _ arena: Arena
  ) throws(TranscodingError) {
    var parameters = ParameterList(query, arena: arena)
    while let parameter = try parameters.next() {
      // System parameters such as `$alt` are not for the message.
      if parameter.name.count > 0, parameter.name[0] == UInt8(ascii: "$") { continue }
      switch body {
      case .whole:
        throw .invalid(
          ParameterList.shown(parameter.name), "belongs into the body, not into the query")
      case .none:
        try binder.bind(
          parameter.name, parameter.value, bound: variables, body: nil, ignoresUnknown: false)
      case .field(let field):
        try binder.bind(
          parameter.name, parameter.value, bound: variables, body: field.pointer,
          ignoresUnknown: false)
      }
    }
  }
}
