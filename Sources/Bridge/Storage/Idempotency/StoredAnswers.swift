import LibCrypto
public import Pipeline
import Postgres
public import RPC

/// Keeps the answers of keyed calls in the database: sealed, in the transaction of their effect, for
/// a day.
public struct StoredAnswers: AnswerStore {
  private let database: TenantDatabase
  private let vault: any DataVault

  /// Takes what the changes go by, and what seals.
  public init(database: TenantDatabase, vault: any DataVault) {
    self.database = database
    self.vault = vault
  }

  public func answer(
    to call: KeyedCall, of caller: Caller, deadline: ContinuousClock.Instant?
  ) async throws -> KeptAnswer? {
    let rows = try await database.query(
      Statement(
        """
        SELECT fingerprint, sealed_answer FROM artel.idempotency_key
        WHERE tenant_id = $1 AND key_hash = $2
        """, .uuid(call.tenantID), .bytes(call.key)),
      as: caller, deadline: deadline)
    guard let row = rows.first else { return nil }
    guard let kept = try await vault.open(try row.bytes(1), at: PendingAnswer.place(call)) else {
      throw RPCError(
        code: .failedPrecondition, reason: "ANSWER_ERASED",
        message: "the call was made, and its answer is erased")
    }
    // Kept before the fingerprint was sealed with it.
    if let fingerprint = try row.optionalBytes(0) {
      return KeptAnswer(fingerprint: fingerprint, message: kept)
    }
    return KeptAnswer(
      fingerprint: Array(kept.prefix(SHA256.size)), message: Array(kept.dropFirst(SHA256.size)))
  }

  public func keeping(
    _ call: KeyedCall, _ body: () async throws -> UnaryReply
  ) async throws -> UnaryReply {
    // What seals the answer is here before the transaction has a connection and locks.
    try await vault.prepare(tenantID: call.tenantID)
    let pending = PendingAnswer(call, vault: vault)
    let reply = try await PendingAnswer.$current.withValue(pending, operation: body)
    // A method that takes keys has to change by `TenantDatabase.answer`: this is our own fault.
    guard pending.isKept else {
      throw RPCError(code: .internalError, message: "\(call.subject)'s answer was not kept")
    }
    return reply
  }
}
