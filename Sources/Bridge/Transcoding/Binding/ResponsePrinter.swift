/// Prints the responses of one method as JSON.
public struct ResponsePrinter: Sendable {
  /// Whether what is printed is a `google.api.HttpBody`, whose bytes are the answer as they are.
  public let isHTTPBody: Bool

  private let plan: Permanent<MessagePlan>
  private let field: Permanent<FieldPlan>?
  private let memoryBudget: Int
  /// Keeps what the plans point at.
  private let region: SchemaRegion

  /// - Parameters:
  ///   - method: the method.
  ///   - binding: the rule, whose `response_body` may name one field to print alone.
  ///   - memoryBudget: how many bytes of memory one response may take while it is printed.
  /// - Throws: `SchemaError` if `response_body` names no field of the response, or a path (T4).
  public init(
    method: MethodSchema, binding: HTTPBinding, memoryBudget: Int = 64 << 20
  ) throws(SchemaError) {
    plan = method.output.plan
    region = method.output.region
    self.memoryBudget = memoryBudget
    guard !binding.responseBody.isEmpty else {
      field = nil
      isHTTPBody = HTTPBodyFields(plan.pointer) != nil
      return
    }
    let field = try FieldPath.topLevel(
      binding.responseBody, of: method.output, what: "response_body", method: method)
    self.field = field
    isHTTPBody =
      (field.pointee.cardinality == .submessage || field.pointee.cardinality == .oneof)
      && HTTPBodyFields(field.pointee.message) != nil
  }

  /// Where the body is in a response whose printer `isHTTPBody`.
  ///
  /// - Throws: `TranscodingError` of the kind `corrupt`.
  public func httpBody(_ wire: UnsafeRawBufferPointer) throws(TranscodingError) -> HTTPBodyView {
    try HTTPBodyView(wire, field: field.map { Int($0.pointee.number) })
  }

  /// Appends the JSON of a response, which is one value, without a line break unless the options
  /// ask for some.
  ///
  /// A `response_body` field that is not set is printed as its default, `null` where it has none.
  ///
  /// - Parameters:
  ///   - wire: the serialized response.
  ///   - options: how it is written.
  ///   - json: where the text goes; left as it is on an error.
  /// - Throws: `TranscodingError` of the kind `corrupt`.
  public func json(
    wire: UnsafeRawBufferPointer, options: PrintOptions = [], into json: inout [UInt8]
  ) throws(TranscodingError) {
    guard let field = field?.pointer else {
      return try JSONBody.print(
        wire, as: plan.pointer, budget: memoryBudget, options: options, into: &json)
    }
    try JSONBody.print(
      wire, as: plan.pointer, budget: memoryBudget, options: options, into: &json
    ) { printer, message throws(Fault) in
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
