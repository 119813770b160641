/// A call that a door refused before it came to its method: malformed, too long, or of no method.
public struct RefusedCall: Sendable {
  /// The method's path; empty where there is none.
  public var method: String
  /// What came besides its message.
  public var metadata: Metadata
  /// Who called.
  public var peer: Peer
  /// What was answered.
  public var error: RPCError

  /// Says what is known of it.
  public init(method: String, metadata: Metadata, peer: Peer, error: RPCError) {
    self.method = method
    self.metadata = metadata
    self.peer = peer
    self.error = error
  }
}
