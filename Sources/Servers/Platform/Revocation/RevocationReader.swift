import Postgres

/// What one look at the store found.
struct RevocationPage: Sendable {
  let revocations: [Revocation]
  /// Every transaction below it had ended, and was seen.
  let horizon: UInt64
}

/// Where revocations come from.
protocol RevocationSource: Sendable {
  /// The revocations of transactions from `horizon` on; all that live from 0 on.
  func page(from horizon: UInt64) async throws -> RevocationPage
}

/// Reads revocations as soon as they are committed, and skips none.
///
/// Neither time nor number says when a row becomes visible: a slow transaction commits after a fast
/// one that began later. So every look begins where the snapshot of the one before knew every
/// transaction to have ended, and sees some rows again, which changes nothing. Unlike the outbox it
/// need not wait for slow transactions: there is no order to keep.
struct RevocationReader: RevocationSource {
  private static let patience: Duration = .seconds(2)

  /// The pool of the role `artel_directory`.
  let pool: PostgresPool

  func page(from horizon: UInt64) async throws -> RevocationPage {
    let answers = try await pool.read(
      [Self.horizonStatement, Self.statement(from: horizon)], in: nil,
      deadline: .now + Self.patience)
    // The horizon's snapshot is the older one: what had ended in it is seen by the other.
    guard answers.count == 2, let first = answers[0].first, let now = UInt64(try first.text(0))
    else { throw PostgresError(code: .decoding, diagnostic: "there is no horizon") }
    return RevocationPage(revocations: try answers[1].map(Self.revocation), horizon: now)
  }

  private static let horizonStatement = Statement(
    "SELECT pg_snapshot_xmin(pg_current_snapshot())::text")

  private static func statement(from horizon: UInt64) -> Statement {
    Statement(
      """
      SELECT tenant_id, kind, id, not_before, expire_time FROM artel.revocation
      WHERE xid >= $1::text::xid8 AND expire_time > now()
      """, .text(String(horizon)))
  }

  private static func revocation(_ row: PostgresRow) throws -> Revocation {
    guard let kind = Revocation.Kind(rawValue: try row.text(1)) else {
      throw PostgresError(code: .decoding, diagnostic: "unknown kind of revocation")
    }
    return Revocation(
      tenantID: try row.uuid(0), kind: kind, id: try row.text(2),
      notBefore: try row.timestamp(3).seconds, expireTime: try row.timestamp(4).seconds)
  }
}
