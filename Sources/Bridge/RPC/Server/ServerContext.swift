/// What a handler knows of the call besides its message.
public struct ServerContext: Sendable {
  /// The method called.
  public let method: MethodDescriptor

  /// The caller's metadata, or the HTTP headers that the bridge made into metadata.
  public var metadata: Metadata

  /// Who is at the other end.
  public var peer: Peer

  /// When the caller stops waiting; nil where it waits forever. The handler's task is cancelled
  /// then.
  public var deadline: ContinuousClock.Instant?

  /// What a layer above this library verified of the call, such as the caller's identity.
  public var attachment: (any Sendable)?

  /// The HTTP request's body, exactly as it came, where the method's contract asks for it: what a
  /// webhook's signature covers. Nil on the gRPC port, where the message itself is what came.
  public var rawBody: MessageBytes?

  /// Whether the door began the trace that the metadata's first `traceparent` names, with a span of
  /// this call's own: its caller named none, or one that does not count, which then comes second.
  public var beganTrace = false

  /// Creates a context.
  public init(
    method: MethodDescriptor, metadata: Metadata, peer: Peer,
    deadline: ContinuousClock.Instant? = nil, attachment: (any Sendable)? = nil
  ) {
    self.method = method
    self.metadata = metadata
    self.peer = peer
    self.deadline = deadline
    self.attachment = attachment
  }
}
