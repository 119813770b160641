import Mutation
public import Postgres
public import RPC

/// What a caller learns of a database error: never a value, a statement or a name of the schema.
extension PostgresError: RPCErrorConvertible {
  public var rpcError: RPCError {
    switch code {
    case .uniqueViolation, .exclusionViolation:
      RPCError(code: .alreadyExists, reason: "ALREADY_EXISTS", message: "it exists already")
    case .foreignKeyViolation, .checkViolation, .notNullViolation:
      RPCError(
        code: .failedPrecondition, reason: "CONSTRAINT_VIOLATED",
        message: "the change contradicts what is stored")
    case .serializationFailure, .lockTimeout:
      RPCError(
        code: .aborted, reason: "CONFLICT", message: "another change came between; try again",
        retryAfter: .seconds(1))
    case .cancelled:
      RPCError(code: .cancelled, reason: "CANCELLED", message: "the call was cancelled")
    case .deadlineExceeded:
      RPCError(
        code: .deadlineExceeded, reason: "DEADLINE_EXCEEDED",
        message: "the database did not answer in time")
    case .poolExhausted, .tooManyConnections, .resourcesExhausted:
      RPCError(
        code: .unavailable, reason: "DATABASE_BUSY", message: "the database is busy",
        retryAfter: .seconds(1))
    case .unavailable, .shutDown:
      RPCError(
        code: .unavailable, reason: "DATABASE_UNAVAILABLE", message: "the database is away",
        retryAfter: .seconds(1))
    case .commitUnknown:
      RPCError(
        code: .unavailable, reason: "OUTCOME_UNKNOWN",
        message: "the connection broke while committing; ask for the state or repeat the key")
    default:
      RPCError(
        code: .internalError, reason: "INTERNAL",
        message: Mutation.isOn(.showsValues) ? diagnostic ?? "" : "internal error")
    }
  }
}
