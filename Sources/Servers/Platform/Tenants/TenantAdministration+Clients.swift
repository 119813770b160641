public import GeneratedOptions
import LibCrypto
import Mutation
public import Pipeline
import Postgres
import Storage

/// A client's identifier and its secret, which is stored nowhere: who loses it needs a new one.
public struct ClientSecret: Sendable, CustomStringConvertible {
  /// The client.
  public let clientID: String
  /// Its secret: 32 random bytes as text; empty for a client that authenticates in another way.
  public let secret: String

  /// The client's name only: descriptions end up in logs.
  public var description: String { "ClientSecret(\(clientID))" }

  /// A new secret. The prefix is for scanners that look for secrets in the wrong places.
  static func make(clientID: String) -> ClientSecret {
    ClientSecret(clientID: clientID, secret: "acs_" + Base64URL.encode(Random.bytes(32)))
  }

  /// A new secret with the hash that is stored of it.
  ///
  /// - Throws: `RPCError` where the derivation finds no room or no time.
  static func make(
    clientID: String, derivations: DerivationQueue, for tenantID: String,
    deadline: ContinuousClock.Instant
  ) async throws -> (ClientSecret, hash: String) {
    let new = make(clientID: clientID)
    let hash = try await derivations.run(for: tenantID, deadline: deadline) {
      try SecretHash.make(new.secret).encoded
    }
    return (new, hash)
  }
}

extension TenantAdministration {
  /// Registers a client.
  ///
  /// - Parameters:
  ///   - clientID: unique on the platform; 1 to 64 letters, digits, `.`, `_` and `-`.
  ///   - kind: a partner or a service; or a user, for an app that people use.
  ///   - scopes: all that it may ever have.
  ///   - profile: how it authenticates.
  /// - Returns: its secret, shown once.
  /// - Throws: `AdministrationError`; `PostgresError` where the database fails.
  public func createClient(
    _ clientID: String, kind: Artel_Options_V1_PrincipalKind, scopes: [String],
    profile: ClientProfile = ClientProfile(), in tenant: Tenant
  ) async throws -> ClientSecret {
    guard ClientIdentifier.isValid(clientID) else {
      throw AdministrationError(
        .invalid, "a client's identifier has 1 to 64 letters, digits, '.', '_' and '-'")
    }
    guard let storedKind = kind.storedClient else {
      throw AdministrationError(.invalid, "a client is a partner, a service or an app")
    }
    let thumbprints = try await profile.checked(isApp: kind == .user)
    guard scopes.count <= 100, scopes.allSatisfy(ScopeList.isScope) else {
      throw AdministrationError(.invalid, "a scope is malformed, or there are over 100")
    }
    let registered = Set(scopes).sorted()
    let secret = profile.method.hasSecret ? try await newSecret(of: clientID, in: tenant) : nil
    try await change(in: tenant.id, "CreateClient") { change in
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.tenant_client (tenant_id, client_id, kind, scopes, secret_hashes,
            auth_method, key_set, certificate_thumbprints, certificate_bound, redirect_uris,
            requires_consent)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
          """,
          .uuid(tenant.id), .text(clientID), .text(storedKind), .textArray(registered),
          .textArray([secret?.hash].compactMap { $0 }), .text(profile.method.stored),
          .text(profile.keySet), .textArray(thumbprints), .bool(profile.certificateBound),
          .textArray(profile.redirectURIs), .bool(profile.requiresConsent)))
      try await change.record(
        resource: "clients/\(clientID)",
        change: "created as \(storedKind), \(profile.method.rawValue), with scopes "
          + registered.joined(separator: " "))
    }
    return secret?.new ?? ClientSecret(clientID: clientID, secret: "")
  }

  /// Gives a client a new secret. The one before it goes on for `overlap`; older ones end now
  /// (S-C13).
  ///
  /// - Returns: the new secret, shown once.
  public func rotateClientSecret(
    of clientID: String, overlap: Duration, in tenant: Tenant
  ) async throws -> ClientSecret {
    guard overlap >= .zero, overlap <= .seconds(90 * 86_400) else {
      throw AdministrationError(.invalid, "an old secret goes on for 0 to 90 days")
    }
    let (new, hash) = try await newSecret(of: clientID, in: tenant)
    let seconds = Mutation.isOn(.keepsOldSecrets) ? 86_400 : Int(overlap.components.seconds)
    try await change(in: tenant.id, "RotateClientSecret") { change in
      let count = try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_client
          SET secret_hashes = ARRAY[$3::text] || secret_hashes[1:1],
            older_secret_expire_time = now() + make_interval(secs => $4)
          WHERE tenant_id = $1 AND client_id = $2 AND revoke_time IS NULL
            AND auth_method IN ('CLIENT_SECRET', 'CLIENT_SECRET_BASIC', 'CLIENT_SECRET_POST')
          """, .uuid(tenant.id), .text(clientID), .text(hash), .double(Double(seconds))))
      // One that has no secret does not get one: that would be a second way in.
      guard count == 1 else { throw Self.noClient }
      try await change.record(
        resource: "clients/\(clientID)",
        change: "secret replaced; the one before ends in \(seconds) s")
    }
    return new
  }

  /// Shuts a client out, or lets it in again. Its certificates and its token requests are refused
  /// within a second.
  public func setClientDisabled(
    _ disabled: Bool, of clientID: String, in tenant: Tenant
  ) async throws {
    try await change(in: tenant.id, disabled ? "DisableClient" : "EnableClient") { change in
      let count = try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_client SET disabled = $3
          WHERE tenant_id = $1 AND client_id = $2 AND ($3 OR revoke_time IS NULL)
          """, .uuid(tenant.id), .text(clientID), .bool(disabled)))
      // One that was revoked is none any more.
      guard count == 1 else { throw Self.noClient }
      try await change.record(
        resource: "clients/\(clientID)", change: disabled ? "disabled" : "enabled")
    }
  }

  static let noClient = AdministrationError(.notFound, "the tenant has no such client")

  private func newSecret(
    of clientID: String, in tenant: Tenant
  ) async throws -> (new: ClientSecret, hash: String) {
    let (new, hash) = try await ClientSecret.make(
      clientID: clientID, derivations: derivations, for: tenant.id, deadline: .now + Self.patience)
    return (new, hash)
  }
}
