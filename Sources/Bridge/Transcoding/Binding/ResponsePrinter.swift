/// Prints the responses of one method as JSON.
public struct ResponsePrinter: Sendable {
  private let plan: Permanent<MessagePlan>
  private let field: Permanent<FieldPlan>?
  private let memoryBudget: Int

  /// - Parameters:
  ///   - method: the method.
  ///   - binding: the rule, whose `response_body` may name one field to print alone.
  ///   - memoryBudget: how many bytes of memory one response may take while it is printed.
  /// - Throws: `SchemaError` if `response_body` names no field of the response, or a path (T4).
  public init(
    method: MethodSchema, binding: HTTPBinding, memoryBudget: Int = 64 << 20
  ) throws(SchemaError) {
    plan = method.output.plan
    self.memoryBudget = memoryBudget
    guard !binding.responseBody.isEmpty else {
      field = nil
      return
    }
    field = try FieldPath.topLevel(
      binding.responseBody, of: method.output, what: "response_body", method: method)
  }

  /// Appends the JSON of a response, which is one value without a line break.
  ///
  /// A `response_body` field that is not set is printed as its default, `null` where it has none.
  ///
  /// - Parameters:
  ///   - wire: the serialized response.
  ///   - json: where the text goes; left as it is on an error.
  /// - Throws: `TranscodingError` of the kind `corrupt`.
  public func json(
    wire: UnsafeRawBufferPointer, into json: inout [UInt8]
  ) throws(TranscodingError) {
    try JSONBody.print(
      wire, as: plan.pointer, budget: memoryBudget, into: &json
    ) { printer, message throws(Fault) in
      guard let field = field?.pointer else { return try printer.message(plan.pointer, message) }
      switch field.pointee.cardinality {
      case .implicit, .repeated, .map: try printer.value(of: field, in: message)
      case .explicit, .oneof, .submessage:
        if message.has(field) {
          try printer.value(of: field, in: message)
        } else {
          printer.output.literal("null")
        }
      }
    }
  }
}
