import Mutation
import Postgres
import Storage

extension TenantChange {
  /// A grant as it holds now, for a code that is redeemed or a token that is refreshed: with the
  /// scopes alone that the app and the person's roles still have.
  ///
  /// The person's row is held until the transaction ends. Whoever disables the person or takes a role
  /// away changes that row first, so either this sees it, or that ends what comes of this; no two
  /// clocks are compared.
  ///
  /// - Parameter scopes: the app's; nil where it is not asked.
  /// - Returns: nil where the grant has ended: the person is gone or disabled, everything of theirs
  ///   was revoked since the sign-in, or nothing is left of it.
  func standing(
    _ grant: PersonalGrant, within scopes: [String]?
  ) async throws -> PersonalGrant? {
    guard TenantIdentifier.isValid(grant.subject) else { return nil }
    let rows = try await query(
      Statement(
        """
        SELECT p.grant_epoch, p.administrator,
          ARRAY(SELECT DISTINCT unnest(r.scopes) FROM artel.person_role AS h
            JOIN artel.role AS r USING (tenant_id, role_id)
            WHERE h.tenant_id = p.tenant_id AND h.person_id = p.person_id)
        FROM artel.person AS p WHERE p.tenant_id = $1 AND p.person_id = $2 AND NOT p.disabled
        FOR SHARE OF p
        """, .uuid(tenantID), .uuid(grant.subject)))
    guard let row = rows.first,
      try row.int(0) == Int(grant.epoch ?? 0) || Mutation.isOn(.keepsEndedGrants)
    else { return nil }
    let administrator = try row.bool(1)
    guard administrator || !grant.isAdministrator else { return nil }
    let given = Set(try row.textArray(2))
    var standing = grant
    standing.scopes = grant.scopes.filter { scope in
      (scopes?.contains(scope) ?? true)
        && (grant.isAdministrator || PersonalGrant.everybodys.contains(scope)
          || given.contains(scope))
    }
    return standing.scopes.isEmpty && !grant.scopes.isEmpty ? nil : standing
  }

  /// Ends everything that people granted until now, codes that wait included: of one, or of all.
  ///
  /// - Parameter subject: the last part of the person's name; nil for everybody.
  func endGrants(of subject: String?) async throws {
    try await execute(
      Statement(
        """
        UPDATE artel.person SET grant_epoch = grant_epoch + 1
        WHERE tenant_id = $1 AND ($2::uuid IS NULL OR person_id = $2)
        """, .uuid(tenantID), .uuid(subject)))
  }
}
