import LibCrypto
import Pipeline
import Postgres
import RPC
import SwiftProtobuf
import Synchronization

/// The keyed call that the current task serves, until its change has kept the answer.
final class PendingAnswer: Sendable {
  @TaskLocal static var current: PendingAnswer?

  private let call: KeyedCall
  private let vault: any DataVault
  private let kept = Atomic(false)

  init(_ call: KeyedCall, vault: any DataVault) {
    self.call = call
    self.vault = vault
  }

  /// Whether the answer is committed.
  var isKept: Bool { kept.load(ordering: .relaxed) }

  /// The change that keeps it was committed.
  func committed() { kept.store(true, ordering: .relaxed) }

  /// Writes the answer beside its effect, behind the call's fingerprint.
  ///
  /// - Parameters:
  ///   - subject: whom the answer tells of: it is erased with that subject. Nil for nobody.
  ///   - isOperators: whether the change is the operator's, and may be another tenant's than the caller's:
  ///     the answer is the caller's own, and written in its scope.
  /// - Throws: `RPCError` with `.aborted` where another process was first: the change is undone then,
  ///   and its answer is the call's.
  func keep(
    _ answer: some Message, of subject: String?, in change: TenantChange, isOperators: Bool
  ) async throws {
    guard isOperators || change.tenantID == call.tenantID else {
      throw RPCError(code: .internalError, message: "the answer is another tenant's")
    }
    let sealed = try await vault.seal(
      call.fingerprint + answer.serializedBytes(), at: Self.place(call), subject: subject)
    let insertion = Statement(
      """
      INSERT INTO artel.idempotency_key (tenant_id, key_hash, subject, sealed_answer)
      VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id, key_hash) DO NOTHING
      """,
      .uuid(call.tenantID), .bytes(call.key), .text(call.subject), .bytes(sealed))
    let count =
      isOperators
      ? try await change.execute(
        insertion, in: TenantScope(tenantID: call.tenantID, actor: call.subject))
      : try await change.execute(insertion)
    guard count == 1 else {
      throw RPCError(
        code: .aborted, reason: "IDEMPOTENCY_KEY_RUNNING",
        message: "another call of this key came first", retryAfter: .seconds(1))
    }
  }

  static func place(_ call: KeyedCall) -> SealedPlace {
    SealedPlace(
      tenant: call.tenantID, table: "idempotency_key", column: "sealed_answer",
      row: Base64URL.encode(call.key))
  }
}
