public import RPC
public import Telemetry

/// One call, as it is kept for audit: who, what, with what result. Its messages are those that went
/// over the wire, shared and not copied: whoever keeps them for longer than a moment takes out of them
/// what nobody may keep.
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
  /// The error that the caller saw; nil of a success.
  public var error: RPCError?
  /// Where the caller was.
  public var address = ""
  /// What was known of it while it ran, where it may have changed something.
  public var facts: CallFacts?
  /// When it began, in microseconds since 1970.
  public var startTime: Int64 = 0
  /// The call's number, which logs, traces and answers have too.
  public var trace: TraceID?
  /// What the caller calls its trace.
  public var callersTrace: String?
  /// The call's identifier, a UUID; nil of a read, which needs none.
  public var id: String?
  /// Whether it ended before its handler was asked.
  public var isRefused = false
  /// Whether it is a stream that begins: another record tells how it ended.
  public var isBeginning = false
  /// The one message that came; nil of a stream.
  public var request: MessageBytes?
  /// The one message that went; nil of a stream and of a failure.
  public var response: MessageBytes?
  /// Whether there was no room for the messages.
  public var lacksMessages = false
  /// What passed of streams.
  public var passed: StreamTally?

  /// Creates a record of what every journal keeps.
  public init(
    method: String, door: Peer.Door, caller: Caller?, code: Status.Code, message: String,
    duration: Duration
  ) {
    self.method = method
    self.door = door
    self.caller = caller
    self.code = code
    self.message = message
    self.duration = duration
  }

  /// The reason of the error's ErrorInfo; empty without one.
  public var reason: String { error?.reason ?? "" }

  /// Whose log it belongs to; nil for nobody's.
  public var tenantID: String? { caller?.tenant.id ?? facts?.tenantID }

  /// Ends it with an error.
  mutating func fail(_ error: RPCError) {
    self.error = error
    code = error.code.status
    message = error.message
  }
}

/// Keeps calls. Implementations return at once: a slow journal must not slow calls.
public protocol CallJournal: Sendable {
  /// Keeps a call.
  func record(_ record: CallRecord)

  /// Whether calls that may change something can be kept now: without it they are refused.
  ///
  /// - Parameter tenantID: whose they are; nil where nobody knows yet.
  func keepsChanges(of tenantID: String?) -> Bool
}

extension CallJournal {
  public func keepsChanges(of tenantID: String?) -> Bool { true }
}
