public import GeneratedOptions

/// A method of a service.
public final class MethodSchema: Sendable {
  /// `/package.Service/Method`.
  public let path: String
  /// `package.Service`.
  public let serviceName: String
  /// `Method`.
  public let name: String
  /// The type of a request message.
  public let input: MessageSchema
  /// The type of a response message.
  public let output: MessageSchema
  /// Whether the client sends a stream.
  public let clientStreaming: Bool
  /// Whether the server sends a stream.
  public let serverStreaming: Bool
  /// Whether the contract says `idempotency_level = NO_SIDE_EFFECTS`.
  public let hasNoSideEffects: Bool
  /// What the contract says about every call; nil for contracts that are not ours.
  public let policy: Artel_Options_V1_MethodPolicy?
  /// The `google.api.http` rule and its `additional_bindings`, in that order; empty without one.
  public let bindings: [HTTPBinding]

  init(
    serviceName: String, name: String, input: MessageSchema, output: MessageSchema,
    clientStreaming: Bool, serverStreaming: Bool, hasNoSideEffects: Bool,
    policy: Artel_Options_V1_MethodPolicy?,
    bindings: [HTTPBinding]
  ) {
    path = "/\(serviceName)/\(name)"
    self.serviceName = serviceName
    self.name = name
    self.input = input
    self.output = output
    self.clientStreaming = clientStreaming
    self.serverStreaming = serverStreaming
    self.hasNoSideEffects = hasNoSideEffects
    self.policy = policy
    self.bindings = bindings
  }
}
