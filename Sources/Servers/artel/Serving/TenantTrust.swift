import LibCrypto
import Pipeline
import Platform
import RPC

/// Whose client certificates the doors take: under `{tenant}.{base domain}` those of this tenant's
/// authorities, and nobody's under any other name. The gRPC port serves nobody without one; the REST
/// door only asks.
///
/// The directory is asked when somebody knocks, so that ten thousand tenants who do not cost
/// nothing, and a new tenant's clients come in at once. A tenant that is suspended, or an authority
/// that is removed, also ends connections that stand. The transport proves that one of the tenant's
/// authorities signed; the pipeline proves that it signed for this tenant.
struct TenantTrust: Sendable {
  /// How long an answer holds. The directory itself looks at the database once in a second.
  private static let lifetime: Duration = .milliseconds(100)
  /// How often tenants with open connections are looked at again: with the directory's second and
  /// the time that it takes, well below the five that a revoked certificate may have.
  private static let recheckInterval: Duration = .seconds(2)

  private let baseDomain: BaseDomain
  private let directory: PlatformDirectory
  let stale = StaleListAlarm()

  init(baseDomain: BaseDomain, directory: PlatformDirectory) {
    self.baseDomain = baseDomain
    self.directory = directory
  }

  /// What the port proves itself by, and verifies its clients with.
  func credentials(_ identity: ServerSettings.Identity) -> ServerCredentials {
    ServerCredentials(
      certificateChainPEM: identity.certificateChainPEM, privateKeyPEM: identity.privateKeyPEM,
      lifetime: Self.lifetime, recheckInterval: Self.recheckInterval, trustFor: trust)
  }

  /// Whom the REST door takes certificates from. A book of its own: names that strangers make up at
  /// one door wait for nothing at the other.
  var book: TrustBook {
    TrustBook(lifetime: Self.lifetime, recheckInterval: Self.recheckInterval, trustFor: trust)
  }

  /// - Returns: nil where no tenant, or none that may work, has the name.
  /// - Throws: what the directory throws when it cannot answer; nobody comes in then.
  @Sendable func trust(serverName: String?) async throws -> ClientTrust? {
    let suffix = "." + baseDomain.name
    guard let serverName, serverName.hasSuffix(suffix),
      let tenant = try await directory.tenant(named: String(serverName.dropLast(suffix.count))),
      !tenant.suspended
    else { return nil }
    let trust = try await directory.certificateTrust(tenantID: tenant.id)
    stale.look(trust, of: tenant.name)
    func all(_ part: (CertificateTrust.Authority) -> String) -> String {
      trust.authorities.map(part).joined(separator: "\n")
    }
    return ClientTrust(
      rootsPEM: all(\.certificatePEM), intermediatesPEM: all(\.intermediatesPEM),
      revocationListsPEM: all(\.revocationListsPEM),
      revokedFingerprints: Set(trust.revoked.compactMap(Base64URL.decode)),
      refusedURIs: Set(
        trust.disabledClients.map { baseDomain.spiffeID(tenantName: tenant.name, clientID: $0) }),
      selfSignedFingerprints: Set(trust.selfSigned.compactMap(Base64URL.decode)))
  }
}
