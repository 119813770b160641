import Mutation

/// Makes the request message of one method from an HTTP request that one of its bindings matched.
///
/// Every field comes from exactly one place: the path, the body or the query (http.proto, "Rules
/// for HTTP mapping"). What comes from two places, or from a place where it does not belong, is an
/// error and never overrides anything.
public struct RequestBinder: Sendable {
  enum Body {
    case none
    case whole
    case field(Permanent<FieldPlan>)
  }

  /// What is unusual about the binding although it is served, for the log: a body on GET or DELETE.
  public let warnings: [String]
  /// What becomes of the body of a request.
  public let bodyShape: BodyShape

  let plan: Permanent<MessagePlan>
  let variables: [FieldPath]
  let body: Body
  /// The fields of the HttpBody that the body is.
  let httpBody: HTTPBodyFields?
  private let headers: HeaderFields
  private let updateMask: UpdateMask?
  /// RFC 6749 section 3.2 has a token endpoint ignore parameters that it does not know.
  let ignoresUnknownFormFields: Bool
  let isLenient: Bool
  let partLimits: MultipartLimits
  private let memoryBudget: Int
  /// Keeps what the plans point at.
  private let region: SchemaRegion

  /// - Parameters:
  ///   - method: the method.
  ///   - binding: one of its rules.
  ///   - variables: the field paths of the template's variables, in their order.
  ///   - isLenient: whether unknown parameters and fields are ignored where the contract does not
  ///     say so itself (RestProfile.lenient).
  ///   - memoryBudget: how many bytes of memory one request may take while it is bound.
  /// - Throws: `SchemaError` if a variable or the body names no suitable field, or both the same.
  public init(
    method: MethodSchema, binding: HTTPBinding, variables: [String], isLenient: Bool = false,
    memoryBudget: Int = 64 << 20
  ) throws(SchemaError) {
    plan = method.input.plan
    region = method.input.region
    self.memoryBudget = memoryBudget
    let rest = method.policy?.rest
    ignoresUnknownFormFields = rest?.oauthErrors ?? false
    self.isLenient = isLenient || rest?.lenient ?? false
    let partBytes = Int(clamping: rest?.maxPartBytes ?? 0)
    partLimits = partBytes > 0 ? MultipartLimits(partBytes: partBytes) : MultipartLimits()
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
    switch body {
    case .none:
      httpBody = nil
      bodyShape = .none
      headers = HeaderFields(of: plan.pointer, body: nil)
      updateMask = nil
    case .whole:
      httpBody = HTTPBodyFields(plan.pointer)
      bodyShape = httpBody == nil ? .message : .httpBody
      headers = HeaderFields(of: plan.pointer, body: nil)
      updateMask = nil
    case .field(let field):
      let isSingular =
        field.pointee.cardinality == .submessage || field.pointee.cardinality == .oneof
      httpBody = isSingular ? HTTPBodyFields(field.pointee.message) : nil
      bodyShape = httpBody == nil ? .message : .httpBody
      headers = HeaderFields(of: plan.pointer, body: field.pointer)
      updateMask =
        binding.verb == "PATCH" ? UpdateMask(of: plan.pointer, body: field.pointer) : nil
    }
    warnings =
      !binding.body.isEmpty && ["GET", "DELETE"].contains(binding.verb)
      ? ["\(method.path): a body on \(binding.verb) has no meaning to HTTP (RFC 9110 section 9.3)"]
      : []
  }

  /// The serialized request message. As `bind`, without what headers and system parameters say.
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
    let facts = RequestFacts(
      verb: "", pathValues: pathValues, query: query, body: body, bodyKind: bodyKind)
    return try bind(facts).wire
  }

  /// Makes the request message.
  ///
  /// - Throws: `invalidArgument` with the path of the field, the name of the parameter or that of the
  ///   header that is wrong; `tooLarge` beyond the memory of a request or the limits of its parts.
  public func bind(
    _ facts: borrowing RequestFacts
  ) throws(TranscodingError) -> BoundRequest {
    precondition(facts.pathValues.count == variables.count, "one value for each variable")
    if let wire = direct(facts) {
      if variables.isEmpty, facts.query.isEmpty { return BoundRequest(wire: wire) }
      if let bound = try bind(facts, beside: wire) { return bound }
    }
    guard let bound = try bind(facts, beside: nil) else { preconditionFailure("nothing beside") }
    return bound
  }

  /// - Parameter direct: what the direct coder has made of the body; nil if the body is to be read
  ///   into the tree of all the rest.
  /// - Returns: nil only if that body and the rest have fields in common, so that one tree of both
  ///   is needed.
  private func bind(
    _ facts: borrowing RequestFacts, beside direct: [UInt8]?
  ) throws(TranscodingError) -> BoundRequest? {
    try Arena.with(budget: memoryBudget) { arena throws(TranscodingError) in
      let root: DynamicMessage
      do throws(Fault) { root = try arena.message(plan.pointer) } catch {
        throw error.inRequest(path: "", field: nil)
      }
      var binder = TextBinder(root, plan.pointer, arena: arena, ignoresUnknown: isLenient)
      let bytes = Bytes(facts.body.bindMemory(to: UInt8.self))
      if direct == nil { try bind(bytes, facts.bodyKind, &binder) }
      for index in variables.indices {
        try binder.bind(facts.pathValues[index], to: variables[index])
      }
      var system = SystemParameters()
      if !facts.query.isEmpty {
        // Values that need no decoding stay where they are.
        let query: Bytes
        do throws(Fault) { query = try arena.copy(facts.query) } catch {
          throw error.inRequest(path: "", field: nil)
        }
        try bind(query: query, &binder, &system)
      }
      if let direct {
        guard let wire = WireMerge.joined(direct, root, plan.pointer) else { return nil }
        return BoundRequest(wire: wire, ignored: binder.ignored, print: system.print)
      }
      try finish(facts, bytes, root, arena)
      return BoundRequest(
        wire: MessageCodec.pack(root), ignored: binder.ignored, print: system.print)
    }
  }

  /// What the JSON body alone makes, without a tree where that can be and nothing else depends on
  /// the body's fields.
  private func direct(_ facts: borrowing RequestFacts) -> [UInt8]? {
    guard facts.bodyKind == .json, facts.ifMatch == nil, facts.idempotencyKey == nil,
      httpBody == nil, updateMask == nil, !facts.body.isEmpty
    else { return nil }
    let text = Bytes(facts.body.bindMemory(to: UInt8.self))
    switch body {
    case .none: return nil
    case .whole: return JSONBody.direct(text, as: plan.pointer, budget: memoryBudget)
    case .field(let field):
      return JSONBody.direct(text, as: plan.pointer, field: field.pointer, budget: memoryBudget)
    }
  }

  /// What depends on all the rest.
  private func finish(
    _ facts: borrowing RequestFacts, _ bytes: Bytes, _ root: DynamicMessage, _ arena: Arena
  ) throws(TranscodingError) {
    if let updateMask, bytes.count > 0,
      facts.bodyKind == .json || facts.bodyKind == .mergePatch
    {
      do throws(Fault) { try updateMask.fill(root, json: bytes, arena) } catch {
        throw error.inRequest(path: "update_mask", field: nil)
      }
    }
    if let value = facts.ifMatch, facts.verb != "GET", facts.verb != "HEAD" {
      try headers.bind(ifMatch: value, to: root, arena)
    }
    if let value = facts.idempotencyKey {
      try headers.bind(idempotencyKey: value, to: root, arena)
    }
  }

  // MARK: The query

  private func bind(
    query: Bytes, _ binder: inout TextBinder, _ system: inout SystemParameters
  ) throws(TranscodingError) {
    var parameters = ParameterList(query, arena: binder.arena)
    while let parameter = try parameters.next() {
      if try system.take(
        parameter.name, parameter.value, plan: plan.pointer, isLenient: isLenient, &binder)
      {
        continue
      }
      switch body {
      case .whole where isLenient && !plan.pointee.knows(parameter.name):
        binder.ignore(ParameterList.shown(parameter.name))
      case .whole where Mutation.isOn(.takesSecretsInQueries): continue
      case .whole:
        throw .invalid(
          ParameterList.shown(parameter.name), "belongs into the body, not into the query",
          reason: "WRONG_PLACE")
      case .none:
        try binder.bind(parameter.name, parameter.value, bound: variables, body: nil)
      case .field(let field):
        try binder.bind(parameter.name, parameter.value, bound: variables, body: field.pointer)
      }
    }
  }
}

extension MessagePlan {
  /// Whether a name, or the part of it before its first dot, is that of a field.
  fileprivate func knows(_ name: Bytes) -> Bool {
    var end = 0
    while end < name.count, name[end] != UInt8(ascii: ".") { end += 1 }
    return names.find(name.first(end)) >= 0
  }
}
