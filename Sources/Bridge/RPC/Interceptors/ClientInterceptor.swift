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
  ///   - next: Makes the call, behind the interceptors that follow. When it has failed, and
  ///     `call.isRepeatable` is true, it may be called again, with the same call or a changed one:
  ///     the request is there anew, and what came of the response is forgotten.
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

  let origin: Origin

  init(call: OutgoingCall, requests: any MessageSource, responses: any MessageSink) {
    self.call = call
    self.requests = requests
    self.responses = responses
    origin = Origin(requests: requests, responses: responses)
  }

  /// Whether the call can be made again: its request is one message, and the caller has not been
  /// given a part of the response.
  public var isRepeatable: Bool { origin.isRepeatable }

  /// The streams behind those of all interceptors.
  struct Origin: Sendable {
    let requests: any MessageSource
    let responses: any MessageSink

    var isRepeatable: Bool {
      requests is SingleMessage && (responses as? any RestartableSink)?.canRestart ?? false
    }

    /// Begins anew.
    ///
    /// - Throws: `RPCError` with `.internalError` where the call cannot be made again.
    func restart() throws(RPCError) {
      guard isRepeatable, let requests = requests as? SingleMessage,
        let responses = responses as? any RestartableSink
      else {
        throw RPCError(code: .internalError, message: "the call cannot be made again")
      }
      requests.restart()
      responses.restart()
    }
  }
}

/// Receives the response of a call that may be made again.
protocol RestartableSink: MessageSink {
  /// Whether the caller has been given nothing of it.
  var canRestart: Bool { get }

  /// Forgets what has come.
  func restart()
}
