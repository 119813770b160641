/// A call as a client's interceptor sees it.
public struct OutgoingCall: Sendable {
  /// What is called: `/package.Service/Method`.
  public let path: String

  /// What is sent before the messages.
  public var metadata: Metadata

  /// How the call is made.
  public var options: CallOptions
}

/// Sees each call of a client before it is made: may add metadata, such as a token, change the
/// options, or refuse the call. It costs nothing per message.
public protocol ClientStartInterceptor: Sendable {
  /// A call is about to be made.
  ///
  /// - Throws: Why it is not made.
  func start(_ call: inout OutgoingCall) async throws
}

/// Stands around whole calls of a client, such as one that repeats them or measures them.
public protocol ClientInterceptor: Sendable {
  /// A call is made.
  ///
  /// - Parameters:
  ///   - call: The call, with streams of one message each where the method has no others.
  ///   - next: Makes the call, behind the interceptors that follow.
  /// - Returns: What the server sent behind the last message.
  /// - Throws: How the call fails.
  func intercept(
    _ call: ClientInterception, next: (ClientInterception) async throws -> Metadata
  ) async throws -> Metadata
}

/// A call with its streams.
public struct ClientInterception: Sendable {
  /// What is called, and how.
  public var call: OutgoingCall

  /// What is sent.
  public var requests: any MessageSource

  /// Where what is received goes.
  public var responses: any MessageSink
}
