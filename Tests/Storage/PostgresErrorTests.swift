import Postgres
import RPC
import Storage
import TestSupport
import Testing

@Suite("A database error")
struct PostgresErrorTests {
  @Test(
    "becomes the status that a caller can act on, and says nothing of the data", .covers("S-D18"))
  func mapping() {
    let codes: [(PostgresError.Code, RPCError.Code)] = [
      (.uniqueViolation, .alreadyExists), (.foreignKeyViolation, .failedPrecondition),
      (.serializationFailure, .aborted), (.deadlineExceeded, .deadlineExceeded),
      (.cancelled, .cancelled), (.poolExhausted, .unavailable), (.unavailable, .unavailable),
      (.commitUnknown, .unavailable), (.insufficientPrivilege, .internalError),
      (.server, .internalError),
    ]
    for (code, expected) in codes {
      let seen = PostgresError(code: code, diagnostic: "secret 4111").rpcError
      #expect(seen.code == expected)
      #expect(!seen.message.contains("secret"))
      #expect(!String(decoding: seen.statusDetails, as: UTF8.self).contains("secret"))
    }
  }
}
