public import RPC

/// One call, as it is kept for audit: who, what, with what result. Never its bodies.
public struct CallRecord: Sendable {
  /// The method's path.
  public var method: String
  /// The door that it came through.
  public var door: Peer.Door
  /// The verified caller; nil where there was none.
  public var caller: Caller?
  /// The result.
  public var code: Status.Code
  /// The error's message where it failed.
  public var message: String
  /// How long it took.
  public var duration: Duration
}

/// Keeps calls. Implementations return at once: a slow journal must not slow calls.
public protocol CallJournal: Sendable {
  /// Keeps a call.
  func record(_ record: CallRecord)
}
