/// Why a call failed: what a handler throws and what a client catches.
public struct RPCError: Error, Sendable, Hashable {
  /// Why, as a code.
  public var code: Code

  /// Why, for a developer to read. Never shown to a person, never holding a secret.
  public var message: String

  /// The bytes of a `google.rpc.Status`, sent as `grpc-status-details-bin`; empty without details.
  public var statusDetails: [UInt8]

  /// More trailing metadata.
  public var metadata: Metadata

  /// Creates an error.
  public init(
    code: Code, message: String, statusDetails: [UInt8] = [], metadata: Metadata = [:]
  ) {
    self.code = code
    self.message = message
    self.statusDetails = statusDetails
    self.metadata = metadata
  }

  /// A status code of a failure: OK cannot be said.
  public struct Code: Sendable, Hashable {
    /// The same code among all.
    public let status: Status.Code

    /// The code's number on the wire.
    public var rawValue: Int { status.rawValue }

    /// The code's name, such as `NOT_FOUND`.
    public var name: String { status.name }

    private init(known status: Status.Code) { self.status = status }

    /// Creates a code, or nil for OK.
    public init?(_ status: Status.Code) {
      guard status != .ok else { return nil }
      self.status = status
    }

    public static let cancelled = Code(known: .cancelled)
    public static let unknown = Code(known: .unknown)
    public static let invalidArgument = Code(known: .invalidArgument)
    public static let deadlineExceeded = Code(known: .deadlineExceeded)
    public static let notFound = Code(known: .notFound)
    public static let alreadyExists = Code(known: .alreadyExists)
    public static let permissionDenied = Code(known: .permissionDenied)
    public static let resourceExhausted = Code(known: .resourceExhausted)
    public static let failedPrecondition = Code(known: .failedPrecondition)
    public static let aborted = Code(known: .aborted)
    public static let outOfRange = Code(known: .outOfRange)
    public static let unimplemented = Code(known: .unimplemented)
    public static let internalError = Code(known: .internalError)
    public static let unavailable = Code(known: .unavailable)
    public static let dataLoss = Code(known: .dataLoss)
    public static let unauthenticated = Code(known: .unauthenticated)
  }
}

extension RPCError: CustomStringConvertible {
  public var description: String { "\(code.name): \(message)" }
}

/// An error that knows what a caller may learn of it.
public protocol RPCErrorConvertible {
  /// The error as a caller sees it.
  var rpcError: RPCError { get }
}

extension RPCError {
  /// What a caller learns of any error: an unknown one says nothing of itself.
  public init(hiding error: any Error) {
    switch error {
    case let error as RPCError: self = error
    case let error as any RPCErrorConvertible: self = error.rpcError
    case is CancellationError: self = RPCError(code: .cancelled, message: "the call was cancelled")
    default: self = RPCError(code: .internalError, message: "internal error")
    }
  }
}
