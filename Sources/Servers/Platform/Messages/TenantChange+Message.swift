import LibCrypto
import Postgres
import Storage

extension TenantChange {
  /// Puts a message into the queue: it goes when the transaction is committed, and not otherwise.
  ///
  /// - Parameter life: after which it is of no use; nothing for one that only looks like a message.
  func queue(
    _ kind: MessageKind, to recipient: String, _ text: String, life: Duration, _ envelope: Envelope
  ) async throws {
    let id = UUIDv7.make()
    try await execute(
      Statement(
        """
        INSERT INTO artel.message
          (tenant_id, message_id, kind, sealed_recipient, sealed_text, expire_time)
        VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
        """,
        .uuid(tenantID), .uuid(id), .text(kind.rawValue),
        .bytes(
          try envelope.seal(
            Array(recipient.utf8),
            at: MessageQueue.place(tenantID, "sealed_recipient", message: id))),
        .bytes(
          try envelope.seal(
            Array(text.utf8), at: MessageQueue.place(tenantID, "sealed_text", message: id))),
        .double(life / .seconds(1))))
  }
}
