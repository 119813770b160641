import LibCrypto
public import Pipeline
import Postgres
import Storage

/// A client's certificate with what it is used with.
public struct IssuedCertificate: Sendable, CustomStringConvertible {
  /// The client's own.
  public let certificatePEM: String
  /// The authority that issued it.
  public let authorityPEM: String
  /// The key, where it was made here; stored nowhere.
  public let privateKeyPEM: String?
  /// The SPIFFE ID that it carries.
  public let uri: String
  /// The last second of its time, Unix.
  public let notAfter: Int64

  /// Whose it is; no key.
  public var description: String { "IssuedCertificate(\(uri))" }
}

extension TenantAdministration {
  /// Issues a certificate for one of the tenant's clients, by the tenant's newest authority.
  ///
  /// - Parameters:
  ///   - signingRequestPEM: a PKCS #10 request, of which only the key is taken; nil makes a key.
  ///   - validity: a minute to 90 days; a day where it is not said.
  /// - Throws: `AdministrationError`; `CertificateError` for a request that is refused;
  ///   `PostgresError` where the database fails.
  public func issueClientCertificate(
    for clientID: String, in tenant: Tenant, signingRequestPEM: String? = nil,
    validity: Duration = .seconds(86_400)
  ) async throws -> IssuedCertificate {
    guard validity >= .seconds(60), validity <= .seconds(90 * 86_400) else {
      throw AdministrationError(.invalid, "a certificate is valid for a minute to 90 days")
    }
    let request = try signingRequestPEM.map { try CertificateSigningRequest(pem: $0) }
    let made = request == nil ? try PrivateKey.makeP256() : nil
    guard let publicKey = request?.publicKey ?? made?.publicKey else {
      throw AdministrationError(.refused, "there is no key to certify")
    }
    let uri = baseDomain.spiffeID(tenantName: tenant.name, clientID: clientID)
    let issuer = CertificateIssuer(vault: vault, baseDomain: baseDomain)
    let issued = try await change(in: tenant.id, "IssueClientCertificate") { change in
      try await Self.requireLiveClient(clientID, change)
      return try await issuer.issue(
        to: clientID, of: tenant.name, key: publicKey, seconds: validity.components.seconds,
        in: change)
    }
    return IssuedCertificate(
      certificatePEM: issued.certificate.pem, authorityPEM: issued.authority.pem,
      privateKeyPEM: try made?.pem, uri: uri, notAfter: issued.certificate.notAfter)
  }

  private static func requireLiveClient(
    _ clientID: String, _ change: TenantChange
  ) async throws {
    let rows = try await change.query(
      Statement(
        "SELECT disabled FROM artel.tenant_client WHERE tenant_id = $1 AND client_id = $2",
        .uuid(change.tenantID), .text(clientID)))
    guard let row = rows.first else { throw noClient }
    guard try !row.bool(0) else { throw AdministrationError(.refused, "the client is disabled") }
  }
}
