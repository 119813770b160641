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
  /// Its secret: 32 random bytes as text.
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
    clientID: String, derivations: DerivationQueue, deadline: ContinuousClock.Instant
  ) async throws -> (ClientSecret, hash: String) {
    let new = make(clientID: clientID)
    let hash = try await derivations.run(deadline: deadline) {
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
  ///   - kind: a partner or a service.
  ///   - scopes: all that it may ever have.
  /// - Returns: its secret, shown once.
  /// - Throws: `AdministrationError`; `PostgresError` where the database fails.
  public func createClient(
    _ clientID: String, kind: Artel_Options_V1_PrincipalKind, scopes: [String], in tenant: Tenant
  ) async throws -> ClientSecret {
    guard ClientIdentifier.isValid(clientID) else {
      throw AdministrationError(
        .invalid, "a client's identifier has 1 to 64 letters, digits, '.', '_' and '-'")
    }
    guard kind == .partner || kind == .service, let storedKind = kind.storedClient else {
      throw AdministrationError(.invalid, "a client is a partner or a service")
    }
    guard scopes.count <= 100, scopes.allSatisfy(ScopeList.isScope) else {
      throw AdministrationError(.invalid, "a scope is malformed, or there are over 100")
    }
    let registered = Set(scopes).sorted()
    let (new, hash) = try await newSecret(of: clientID)
    try await change(in: tenant.id, "CreateClient") { change in
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.tenant_client (tenant_id, client_id, kind, scopes, secret_hashes)
          VALUES ($1, $2, $3, $4, $5)
          """,
          .uuid(tenant.id), .text(clientID), .text(storedKind), .textArray(registered),
          .textArray([hash])))
      try await change.record(
        resource: "clients/\(clientID)",
        change: "created as \(storedKind) with scopes \(registered.joined(separator: " "))")
    }
    return new
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
    let (new, hash) = try await newSecret(of: clientID)
    let seconds = Mutation.isOn(.keepsOldSecrets) ? 86_400 : Int(overlap.components.seconds)
    try await change(in: tenant.id, "RotateClientSecret") { change in
      let count = try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_client
          SET secret_hashes = ARRAY[$3::text] || secret_hashes[1:1],
            older_secret_expire_time = now() + make_interval(secs => $4)
          WHERE tenant_id = $1 AND client_id = $2
          """, .uuid(tenant.id), .text(clientID), .text(hash), .double(Double(seconds))))
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
          "UPDATE artel.tenant_client SET disabled = $3 WHERE tenant_id = $1 AND client_id = $2",
          .uuid(tenant.id), .text(clientID), .bool(disabled)))
      guard count == 1 else { throw Self.noClient }
      try await change.record(
        resource: "clients/\(clientID)", change: disabled ? "disabled" : "enabled")
    }
  }

  static let noClient = AdministrationError(.notFound, "the tenant has no such client")

  private func newSecret(of clientID: String) async throws -> (ClientSecret, hash: String) {
    try await ClientSecret.make(
      clientID: clientID, derivations: derivations, deadline: .now + Self.patience)
  }
}
