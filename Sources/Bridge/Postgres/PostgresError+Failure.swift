extension PostgresError {
  /// A failure in the words of a domain, for an exhaustive `switch` that maps it to a status.
  public enum Failure: Sendable, Hashable {
    /// A row with this key exists.
    case uniqueViolation(constraint: String?)
    /// A referenced row does not exist, or a row is still referenced.
    case foreignKeyViolation(constraint: String?)
    /// A check, not-null or exclusion constraint refused the row, or a value was malformed.
    case checkViolation(constraint: String?)
    /// The role or row-level security refused.
    case insufficientPrivilege
    /// Concurrent transactions: try again.
    case serialization
    /// The caller went away.
    case cancelled
    /// Out of time.
    case deadlineExceeded
    /// The pool or the server has no room for one more.
    case poolExhausted
    /// The database cannot be reached, or is closing; nothing was changed.
    case unavailable
    /// Nobody knows whether the change was committed.
    case commitUnknown
    /// A defect, here or in the schema.
    case other
  }

  /// This error in the words of a domain.
  public var failure: Failure {
    switch code {
    case .uniqueViolation: .uniqueViolation(constraint: constraint)
    case .foreignKeyViolation: .foreignKeyViolation(constraint: constraint)
    case .checkViolation, .notNullViolation, .exclusionViolation, .invalidValue:
      .checkViolation(constraint: constraint)
    case .insufficientPrivilege: .insufficientPrivilege
    case .serializationFailure, .lockTimeout: .serialization
    case .cancelled: .cancelled
    case .deadlineExceeded: .deadlineExceeded
    case .poolExhausted, .tooManyConnections, .resourcesExhausted: .poolExhausted
    case .unavailable, .shutDown: .unavailable
    case .commitUnknown: .commitUnknown
    default: .other
    }
  }
}

extension PostgresError.Code {
  /// The class of an SQLSTATE (PostgreSQL manual, appendix A). 57014 is not decided here: only the
  /// connection knows whether a deadline or a caller was the cause.
  init(sqlState: String) {
    self =
      switch sqlState {
      case "23505": .uniqueViolation
      case "23503", "23001": .foreignKeyViolation
      case "23514": .checkViolation
      case "23502": .notNullViolation
      case "23P01": .exclusionViolation
      case "42501": .insufficientPrivilege
      case "40001", "40P01": .serializationFailure
      case "55P03": .lockTimeout
      case "57014": .cancelled
      case "53300": .tooManyConnections
      case "25P02": .transactionAborted
      case "57P01", "57P02", "57P03", "57P05", "25P03": .unavailable
      default:
        switch sqlState.prefix(2) {
        case "08": .unavailable
        case "22": .invalidValue
        case "53": .resourcesExhausted
        default: .server
        }
      }
  }
}
