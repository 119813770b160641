import LibCrypto
import Postgres
import Storage

extension TenantChange {
  /// Puts a message into the queue: it goes when the transaction is committed, and not otherwise.
  ///
  /// - Parameters:
  ///   - person: whom it goes to, by the sealed login of its row: as it is, so that it goes to nobody
  ///     once that person is erased. Nil for nobody.
  ///   - text: what it says, which names nobody: the tenant's key seals it.
  ///   - life: after which it is of no use; nothing for one that only looks like a message.
  func queue(
    _ kind: MessageKind, to person: (id: String, sealedLogin: [UInt8])?, _ text: String,
    life: Duration, _ vault: TenantVault
  ) async throws {
    let id = UUIDv7.make()
    try await execute(
      Statement(
        """
        INSERT INTO artel.message
          (tenant_id, message_id, kind, person_id, sealed_recipient, sealed_text, expire_time)
        VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
        """,
        .uuid(tenantID), .uuid(id), .text(kind.rawValue), .uuid(person?.id),
        .bytes(person?.sealedLogin ?? Random.bytes(64)),
        .bytes(
          try await vault.seal(
            Array(text.utf8), at: MessageQueue.place(tenantID, "sealed_text", message: id),
            subject: nil)),
        .double(life / .seconds(1))))
  }
}
