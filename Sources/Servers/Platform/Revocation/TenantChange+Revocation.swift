import LibCrypto
import Postgres
import Storage

extension TenantChange {
  /// Revokes something in this transaction: with its commit it holds, at every process within a
  /// second. Refresh tokens of it end too.
  ///
  /// - Parameter life: how long what is revoked could live yet, where that is known.
  /// - Returns: what the process's own list takes once it is committed.
  func revoke(
    _ kind: Revocation.Kind, _ id: String, life: Duration? = nil
  ) async throws -> Revocation {
    let families = FamilySelection(of: kind, id)
    // First of all: who redeems a code at this moment holds the person's row, and what comes of that
    // has to be seen by what follows.
    switch families {
    case .subject(let subject)? where TenantIdentifier.isValid(subject):
      try await endGrants(of: subject)
    case .all?: try await endGrants(of: nil)
    default: break
    }
    var ended: [String] = []
    if let families {
      try await endSessions(families)
      ended = try await endRefreshing(families)
    }
    // Behind all waits: what was issued meanwhile was issued before.
    let revocation = try await insert(kind, id, life: life ?? Revocation.life(of: kind))
    // By name too, so that no difference of clocks lets an access token live. Of a whole tenant's
    // there may be very many.
    guard kind == .subject || kind == .client else { return revocation }
    for id in ended { _ = try await insert(.family, id, life: TokenLives.familyLife) }
    return revocation
  }

  private func insert(
    _ kind: Revocation.Kind, _ id: String, life: Duration
  ) async throws -> Revocation {
    let rows = try await query(
      Statement(
        """
        INSERT INTO artel.revocation (tenant_id, revocation_id, kind, id, expire_time)
        VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
        RETURNING not_before, expire_time
        """,
        .uuid(tenantID), .uuid(UUIDv7.make()), .text(kind.rawValue), .text(id),
        .double(max(1, life / .seconds(1)))))
    guard let row = rows.first else {
      throw PostgresError(code: .decoding, diagnostic: "an insertion returned nothing")
    }
    return Revocation(
      tenantID: tenantID, kind: kind, id: id, notBefore: try row.timestamp(0).seconds,
      expireTime: try row.timestamp(1).seconds)
  }
}
