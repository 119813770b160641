import Egress
import GeneratedResidential
import LibCrypto
import Sealing
import Storage

/// Seals the platform's secrets at partners for the row that they are stored in.
struct PartnerSecrets: Sendable {
  typealias Column = SealedColumn<String, NoSearch>
  typealias Sealed = Artel_Residential_V1_Partner.Sealed

  let vault: TenantVault

  func seal(
    _ secret: String, in column: Column = Sealed.clientSecret, tenantID: String, partnerID: String
  ) async throws -> [UInt8] {
    try await vault.seal(
      Array(secret.utf8), at: Self.place(column, tenantID, partnerID), subject: nil)
  }

  /// - Throws: `CryptoError` where the value is another row's, or was changed.
  func open(
    _ sealed: [UInt8], of column: Column = Sealed.clientSecret, tenantID: String, partnerID: String
  ) async throws -> String {
    String(
      decoding: try await vault.secret(sealed, at: Self.place(column, tenantID, partnerID)),
      as: UTF8.self)
  }

  /// What the platform proves itself with at a token endpoint.
  func proof(at endpoint: PartnerEndpoint) async throws -> ClientCredentials.Proof {
    let credentials = endpoint.credentials
    switch credentials.authentication {
    case .secretBasic:
      return .secretBasic(try await open(credentials.sealedSecret, Sealed.clientSecret, endpoint))
    case .secretPost:
      return .secretPost(try await open(credentials.sealedSecret, Sealed.clientSecret, endpoint))
    case .privateKeyJWT:
      return .privateKeyJWT(
        pem: try await open(credentials.sealedAssertionKey, Sealed.assertionKey, endpoint),
        keyID: credentials.assertionKeyID)
    case .tlsCertificate: return .tlsCertificate
    }
  }

  /// The certificate that the platform shows on each connection; nil where it shows none.
  func identity(at endpoint: PartnerEndpoint) async throws -> EgressIdentity? {
    let credentials = endpoint.credentials
    guard !credentials.tlsCertificate.isEmpty else { return nil }
    return EgressIdentity(
      certificateChainPEM: credentials.tlsCertificate,
      privateKeyPEM: try await open(credentials.sealedTLSKey, Sealed.tlsKey, endpoint))
  }

  private func open(
    _ sealed: [UInt8]?, _ column: Column, _ endpoint: PartnerEndpoint
  ) async throws -> String {
    // The row's own constraints leave none out.
    guard let sealed else { throw AccessTokenError.secretUnreadable }
    return try await open(
      sealed, of: column, tenantID: endpoint.tenantID, partnerID: endpoint.partnerID)
  }

  private static func place(
    _ column: Column, _ tenantID: String, _ partnerID: String
  ) -> SealedPlace {
    SealedPlace(tenant: tenantID, table: column.table, column: column.name, row: partnerID)
  }
}
