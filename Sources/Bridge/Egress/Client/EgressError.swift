/// Why a call has no answer.
public struct EgressError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What stood in the way.
  public enum Reason: Sendable, Hashable {
    /// The URL is none that is called.
    case invalidURL
    /// http, where only https is spoken.
    case insecure
    /// The host is not this destination's, or not among those that the operator allows.
    case hostNotAllowed
    /// A port that no such system has.
    case portNotAllowed
    /// The host is, or resolves to, an address that nobody outside may send us to.
    case addressForbidden(AddressKind)
    /// The name has no address.
    case unresolved
    /// Nobody says which addresses the name has.
    case lookupFailed
    /// The breaker is open.
    case breakerOpen
    /// The platform itself has no room for the call now.
    case busy
    /// There was no connection.
    case unreachable
    /// TLS failed: the certificate, its name or its authority.
    case untrusted
    /// The connection broke.
    case broken
    /// Time was over.
    case timedOut
    /// The answer is longer than it may be.
    case answerTooLarge
    /// The answer is no HTTP.
    case badAnswer
    /// The caller went away.
    case cancelled
    /// The client was shut down.
    case closed

    /// A short word for logs and metrics.
    public var name: String {
      switch self {
      case .invalidURL: "invalid_url"
      case .insecure: "insecure"
      case .hostNotAllowed: "host_not_allowed"
      case .portNotAllowed: "port_not_allowed"
      case .addressForbidden: "address_forbidden"
      case .unresolved: "unresolved"
      case .lookupFailed: "lookup_failed"
      case .breakerOpen: "breaker_open"
      case .busy: "busy"
      case .unreachable: "unreachable"
      case .untrusted: "untrusted"
      case .broken: "broken"
      case .timedOut: "timed_out"
      case .answerTooLarge: "answer_too_large"
      case .badAnswer: "bad_answer"
      case .cancelled: "cancelled"
      case .closed: "closed"
      }
    }
  }

  /// What stood in the way.
  public let reason: Reason
  /// Whether certainly nothing of the request reached the other system.
  public let isUnsent: Bool
  /// When another try may have another end.
  public let retryAfter: Duration?

  /// Creates an error.
  public init(_ reason: Reason, isUnsent: Bool = true, retryAfter: Duration? = nil) {
    self.reason = reason
    self.isUnsent = isUnsent
    self.retryAfter = retryAfter
  }

  /// Whether the platform itself refused, before it tried anything.
  public var isRefusal: Bool {
    switch reason {
    case .invalidURL, .insecure, .hostNotAllowed, .portNotAllowed, .addressForbidden: true
    default: false
    }
  }

  /// Never what was sent, and no address.
  public var description: String {
    if case .addressForbidden(let kind) = reason { return "address_forbidden (\(kind.rawValue))" }
    return reason.name
  }
}
