import LibCrypto
import Mutation
import Pipeline
import Postgres
import Storage

/// Judges the assertions by which clients authenticate (RFC 7523 section 3), each good once in the
/// whole platform: used ones are kept in the database until they have expired (S-C12).
struct AssertionVerifier: Sendable {
  /// The longest that an assertion may be good for, in seconds.
  static let longestLife: Int64 = 300
  /// Clocks may differ by this much, in seconds.
  static let leeway: Int64 = 10

  let database: TenantDatabase
  /// The clock, in seconds since 1970.
  let now: @Sendable () -> Int64

  /// Whether an assertion is the client's, for this tenant's issuer, now, and for the first time.
  ///
  /// - Throws: `PostgresError` where the database fails: nobody comes in then.
  func verify(
    _ text: String, of client: RegisteredClient, tenant: Tenant,
    deadline: ContinuousClock.Instant
  ) async throws -> Bool {
    guard let keySet = client.keySet,
      let assertion = await ClientAssertion(text, keySet: keySet), isGood(assertion, client, tenant)
    else { return false }
    return try await use(assertion, of: client, tenant: tenant, deadline: deadline)
  }

  private func isGood(
    _ assertion: ClientAssertion, _ client: RegisteredClient, _ tenant: Tenant
  ) -> Bool {
    let now = now()
    return assertion.issuer == client.clientID && assertion.subject == client.clientID
      // The issuer alone: an assertion for somebody else as well could be shown here by them.
      && (assertion.audience == [tenant.issuer]
        || Mutation.isOn(.takesForeignAssertions) && assertion.audience.contains(tenant.issuer))
      && assertion.expiresAt > now - Self.leeway
      && assertion.expiresAt - now <= Self.longestLife + Self.leeway
      && assertion.expiresAt - (assertion.issuedAt ?? now) <= Self.longestLife + Self.leeway
      && (assertion.notBefore ?? now) <= now + Self.leeway
  }

  /// Writes down that an assertion was used; false where it was before.
  private func use(
    _ assertion: ClientAssertion, of client: RegisteredClient, tenant: Tenant,
    deadline: ContinuousClock.Instant
  ) async throws -> Bool {
    try await database.change(
      as: Actor(tenantID: tenant.id, service: "tokens"), action: "artel.auth/UseAssertion",
      deadline: deadline
    ) { change in
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.client_assertion (tenant_id, client_id, identifier_hash, expire_time)
          VALUES ($1, $2, $3, to_timestamp($4) + interval '60 seconds')
          ON CONFLICT (tenant_id, client_id, identifier_hash) DO NOTHING
          """,
          .uuid(tenant.id), .text(client.clientID),
          .bytes(SHA256.hash(Array(assertion.identifier.utf8))),
          .double(Double(assertion.expiresAt)))) == 1 || Mutation.isOn(.takesAssertionsAgain)
    }
  }
}
