/// What went wrong between a caller and the database.
///
/// The description names a code, an SQLSTATE and a constraint: it never contains values of rows or
/// parameters (S-D18), so it may be logged.
public struct PostgresError: Error, Sendable, Hashable {
  /// A class of failures. A struct, so that new ones do not break callers.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Raw: String {
      case uniqueViolation, foreignKeyViolation, checkViolation, notNullViolation
      case exclusionViolation, invalidValue
      case insufficientPrivilege, serializationFailure, lockTimeout
      case cancelled, deadlineExceeded, poolExhausted, tooManyConnections, resourcesExhausted
      case unavailable, commitUnknown, transactionAborted, transactionEnded
      case invalidParameter, decoding, resultTooLarge, shutDown, server
    }
    private let raw: Raw
    private init(_ raw: Raw) { self.raw = raw }
    public var description: String { raw.rawValue }

    /// 23505.
    public static let uniqueViolation = Code(.uniqueViolation)
    /// 23503.
    public static let foreignKeyViolation = Code(.foreignKeyViolation)
    /// 23514.
    public static let checkViolation = Code(.checkViolation)
    /// 23502.
    public static let notNullViolation = Code(.notNullViolation)
    /// 23P01.
    public static let exclusionViolation = Code(.exclusionViolation)
    /// Class 22: the server could not use a value.
    public static let invalidValue = Code(.invalidValue)
    /// 42501, which is also what row-level security answers to a foreign row.
    public static let insufficientPrivilege = Code(.insufficientPrivilege)
    /// 40001 or 40P01: run the transaction again.
    public static let serializationFailure = Code(.serializationFailure)
    /// 55P03: a lock was not free in time.
    public static let lockTimeout = Code(.lockTimeout)
    /// The caller's task was cancelled, or somebody cancelled the statement.
    public static let cancelled = Code(.cancelled)
    /// The deadline passed, in the queue or in the server.
    public static let deadlineExceeded = Code(.deadlineExceeded)
    /// The wait queue is full, or no connection became free in time.
    public static let poolExhausted = Code(.poolExhausted)
    /// 53300: the server accepts no more connections.
    public static let tooManyConnections = Code(.tooManyConnections)
    /// Class 53 otherwise: the server's disk or memory is full.
    public static let resourcesExhausted = Code(.resourcesExhausted)
    /// The server cannot be reached, or the connection was lost before anything was committed.
    public static let unavailable = Code(.unavailable)
    /// The answer to a commit was lost: the change may or may not exist.
    public static let commitUnknown = Code(.commitUnknown)
    /// A statement had failed, its error was swallowed, and the commit became a rollback.
    public static let transactionAborted = Code(.transactionAborted)
    /// The transaction was used after its end.
    public static let transactionEnded = Code(.transactionEnded)
    /// A parameter cannot be sent: NUL in text, or not a UUID.
    public static let invalidParameter = Code(.invalidParameter)
    /// A column is not of the type that the caller asked for, or is null.
    public static let decoding = Code(.decoding)
    /// The rows exceed `resultByteLimit`. A unit that writes may have been committed all the same.
    public static let resultTooLarge = Code(.resultTooLarge)
    /// The pool was shut down.
    public static let shutDown = Code(.shutDown)
    /// Any other error of the server; see `sqlState`.
    public static let server = Code(.server)
  }

  /// The class of the failure.
  public let code: Code
  /// The server's five-character code, when the server spoke.
  public let sqlState: String?
  /// The violated constraint's name.
  public let constraint: String?
  /// The server's severity, not localized: `ERROR`, `FATAL` or `PANIC`.
  public let severity: String?
  /// A hint for developers without any value: our own words, or, for errors in the SQL itself
  /// (class 42), the server's primary message, which names only objects of the schema.
  public let diagnostic: String?

  public init(
    code: Code, sqlState: String? = nil, constraint: String? = nil, severity: String? = nil,
    diagnostic: String? = nil
  ) {
    self.code = code
    self.sqlState = sqlState
    self.constraint = constraint
    self.severity = severity
    self.diagnostic = diagnostic
  }
}

extension PostgresError: CustomStringConvertible {
  public var description: String {
    var text = "PostgresError(\(code)"
    if let sqlState { text += ", SQLSTATE \(sqlState)" }
    if let constraint { text += ", constraint \(constraint)" }
    if let diagnostic { text += ": \(diagnostic)" }
    return text + ")"
  }
}
