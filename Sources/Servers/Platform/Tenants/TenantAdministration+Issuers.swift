public import Pipeline
import Postgres

/// An OpenID provider whose people a tenant accepts.
public struct NewIssuer: Sendable, Hashable {
  /// Its name in the tenant, part of its people's subjects: a DNS label, not `artel`.
  public var alias: String
  /// The `iss` of its tokens: an https address, or http on this machine.
  public var issuer: String
  /// Where its keys are; nil asks its discovery document.
  public var keySetURI: String?
  /// The audiences of which a token must name at least one.
  public var audiences: [String]
  /// How its tokens look.
  public var profile: TokenProfile
  /// The algorithms that it signs with.
  public var algorithms: Set<String>

  /// Creates the description of an issuer.
  public init(
    alias: String, issuer: String, keySetURI: String? = nil, audiences: [String],
    profile: TokenProfile = .keycloak, algorithms: Set<String> = ["RS256"]
  ) {
    self.alias = alias
    self.issuer = issuer
    self.keySetURI = keySetURI
    self.audiences = audiences
    self.profile = profile
    self.algorithms = algorithms
  }
}

extension TenantAdministration {
  private static let algorithms: Set<String> = ["ES256", "RS256", "PS256", "EdDSA"]

  /// Lets a tenant accept the people of an OpenID provider. An issuer belongs to one tenant.
  ///
  /// - Throws: `AdministrationError`; `PostgresError` where the database fails.
  public func addIssuer(_ new: NewIssuer, to tenant: Tenant) async throws {
    try check(new)
    try await change(in: tenant.id, "AddIssuer") { change in
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.tenant_issuer
            (tenant_id, alias, issuer, jwks_uri, audiences, profile, algorithms)
          VALUES ($1, $2, $3, $4, $5, 'KEYCLOAK', $6)
          """,
          .uuid(tenant.id), .text(new.alias), .text(new.issuer), .text(new.keySetURI),
          .textArray(new.audiences), .textArray(new.algorithms.sorted())))
      try await change.record(
        resource: "issuers/\(new.alias)", change: "added with issuer \(new.issuer)")
    }
  }

  /// Lets a tenant accept the people of an OpenID provider no more: their tokens are refused, and
  /// their streams end, at every process within a second.
  ///
  /// - Parameter issuer: its alias in the tenant, or the `iss` of its tokens.
  /// - Throws: `AdministrationError` where the tenant has no such issuer; `PostgresError` where the
  ///   database fails.
  public func removeIssuer(_ issuer: String, of tenant: Tenant) async throws {
    // Text in the database has no NUL.
    guard !issuer.utf8.contains(0) else { throw Self.noIssuer }
    try await change(in: tenant.id, "RemoveIssuer") { change in
      let removed = try await change.query(
        Statement(
          """
          DELETE FROM artel.tenant_issuer WHERE tenant_id = $1 AND (alias = $2 OR issuer = $2)
          RETURNING alias, issuer
          """, .uuid(tenant.id), .text(issuer)))
      guard let row = removed.first else { throw Self.noIssuer }
      try await change.record(
        resource: "issuers/\(try row.text(0))", change: "removed with issuer \(try row.text(1))")
    }
  }

  private static let noIssuer = AdministrationError(
    .notFound, "the tenant has no such issuer")

  private func check(_ new: NewIssuer) throws(AdministrationError) {
    guard BaseDomain.isTenantName(new.alias), new.alias != "artel" else {
      throw AdministrationError(.invalid, "an issuer's alias is a DNS label other than artel")
    }
    guard let address = IssuerURL(new.issuer), baseDomain.tenantName(ofIssuer: new.issuer) == nil
    else {
      throw AdministrationError(.invalid, "the issuer is not an https address outside the platform")
    }
    if let uri = new.keySetURI {
      guard let keys = IssuerURL(uri), address.accepts(keysFrom: keys) else {
        throw AdministrationError(.invalid, "the address of the keys is not https")
      }
    }
    guard (1...20).contains(new.audiences.count), new.audiences.allSatisfy(ScopeList.isScope) else {
      throw AdministrationError(.invalid, "an issuer has 1 to 20 audiences without spaces")
    }
    // A token of the platform's own profile says itself whether it is an administrator's.
    guard new.profile == .keycloak else {
      throw AdministrationError(.invalid, "only the tenant's own issuer has the profile artel")
    }
    guard !new.algorithms.isEmpty, new.algorithms.isSubset(of: Self.algorithms) else {
      throw AdministrationError(.invalid, "the algorithms are of ES256, RS256, PS256 and EdDSA")
    }
  }
}
