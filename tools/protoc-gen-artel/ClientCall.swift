import SwiftProtobufPluginLibrary

/// One way to call a method: a function of the service's client.
struct ClientCall {
  /// A parameter of the function, with what its comment says.
  private struct Parameter {
    let label: String
    let type: String
    let comment: String
    /// How it is handed to the runtime.
    let argument: String
  }

  private let method: MethodDescriptor
  private let names: SwiftNames
  private let parameters: [Parameter]
  private let result: String

  /// The plain way, and for a method with one response the way with metadata both ways: a stream of
  /// responses has its metadata itself.
  static func all(of method: MethodDescriptor, names: SwiftNames) -> [ClientCall] {
    let plain = ClientCall(plain: method, names: names)
    return method.shape.streamsResponses
      ? [plain] : [plain, ClientCall(withMetadata: method, names: names)]
  }

  private init(plain method: MethodDescriptor, names: SwiftNames) {
    self.method = method
    self.names = names
    let (input, output) = (names.input(of: method), names.output(of: method))
    var parameters = [
      Parameter(
        label: "metadata", type: "RPC.Metadata = [:]",
        comment: "What to send before \(method.shape.streamsRequests ? "the messages" : "it").",
        argument: "metadata: metadata"),
      Self.options,
    ]
    if method.shape.streamsRequests {
      parameters.append(
        Parameter(
          label: "requestProducer",
          type: "@escaping @Sendable (RPC.RPCWriter<\(input)>) async throws -> Void",
          comment: "Writes the messages; the request ends when it returns.",
          argument: "requestProducer: requestProducer"))
    } else {
      parameters.insert(
        Parameter(
          label: "_ message", type: input, comment: "What to send.", argument: "message"), at: 0)
    }
    if method.shape.streamsResponses {
      parameters.append(
        Parameter(
          label: "onResponse",
          type: "(RPC.RPCResponseStream<\(output)>) async throws -> Result",
          comment: "Reads the responses; the call ends when it returns.",
          argument: "onResponse: onResponse"))
    }
    self.parameters = parameters
    result = method.shape.streamsResponses ? "Result" : output
  }

  private init(withMetadata method: MethodDescriptor, names: SwiftNames) {
    self.method = method
    self.names = names
    let kind = method.shape.streamsRequests ? "StreamingClientRequest" : "ClientRequest"
    parameters = [
      Parameter(
        label: "_ request", type: "RPC.\(kind)<\(names.input(of: method))>",
        comment: "What to send, and the metadata before it.", argument: "request"),
      Self.options,
    ]
    result = "RPC.ClientResponse<\(names.output(of: method))>"
  }

  private static let options = Parameter(
    label: "options", type: "RPC.CallOptions = .defaults", comment: "How to call.",
    argument: "options: options")

  func write(to out: inout CodePrinter) {
    out.print(
      method.documentation(or: "Calls `\(method.policyName)`."), "///", "/// - Parameters:")
    for parameter in parameters {
      let name = parameter.label.split(separator: " ").last!
      out.print("///   - \(name): \(parameter.comment)")
    }
    if result.hasPrefix("RPC.ClientResponse") {
      out.print("/// - Returns: The response with the metadata around it.")
    }
    out.print(
      "/// - Throws: `RPCError` with the status that the server sent, or that the call failed with.",
      """
      public func \(names.function(of: method))\(generic)(
      \(parameters.map { "  \($0.label): \($0.type)" }.joined(separator: ",\n"))
      ) async throws -> \(result) {
        try await client.\(method.shape.rawValue)(
          \(arguments))
      }
      """)
  }

  private var generic: String { method.shape.streamsResponses ? "<Result: Sendable>" : "" }

  /// What the runtime is told: the method first, and the response's type before the closures.
  private var arguments: String {
    let type = "as: \(names.output(of: method)).self"
    let closures = parameters.filter { ["requestProducer", "onResponse"].contains($0.label) }
    let others = parameters.dropLast(closures.count)
    return
      (["Method.\(names.type(of: method)).descriptor"] + others.map(\.argument) + [type]
      + closures.map(\.argument)).joined(separator: ", ")
  }
}
