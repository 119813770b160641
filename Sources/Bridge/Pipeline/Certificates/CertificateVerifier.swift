import GeneratedOptions
import LibCrypto
import Mutation
import RPC
import Synchronization

/// Verifies client certificates: the transport has proved that the peer holds the key and that
/// some tenant's authority signed; here it is proved that the tenant which the certificate names
/// is the one whose authority signed it.
final class CertificateVerifier: Sendable {
  /// How long a verdict stands before the tenant, its authorities and the client are asked again.
  private static let freshness: Duration = .seconds(1)
  private static let remembered = 10_000

  private struct Verdict {
    let result: Result<Caller, CertificateRefusal>
    let until: ContinuousClock.Instant
  }

  private let directory: any IdentityDirectory
  private let trustDomain: String
  let now: @Sendable () -> Int64
  private let verdicts = Mutex<[Key: Verdict]>([:])
  private let stores = TrustStores()

  /// What a verdict is of: a certificate, shown under a name.
  private struct Key: Hashable {
    let hash: [UInt8]
    let serverName: String?
  }

  init(
    directory: any IdentityDirectory, trustDomain: String, now: @escaping @Sendable () -> Int64
  ) {
    self.directory = directory
    self.trustDomain = trustDomain
    self.now = now
  }

  /// Verifies the leaf that the transport handed over.
  ///
  /// - Throws: `CertificateRefusal`, or what the directory throws when it cannot answer.
  func verify(pem: [UInt8], of peer: Peer) async throws -> Caller {
    let key = Key(hash: SHA256.hash(pem), serverName: peer.serverName)
    if let verdict = verdicts.withLock({ $0[key] }), verdict.until > .now {
      return try verdict.result.get()
    }
    let result: Result<Caller, CertificateRefusal>
    do {
      result = .success(try await examine(pem, peer))
    } catch let refusal as CertificateRefusal {
      result = .failure(refusal)
    }
    verdicts.withLock { verdicts in
      if verdicts.count >= Self.remembered { verdicts.removeAll() }
      verdicts[key] = Verdict(result: result, until: .now + Self.freshness)
    }
    return try result.get()
  }

  private func examine(_ pem: [UInt8], _ peer: Peer) async throws -> Caller {
    let certificate: Certificate
    let identity: SPIFFEID
    do {
      certificate = try Certificate(pem: String(decoding: pem, as: UTF8.self))
      identity = try ClientCertificateProfile.check(certificate, now: now())
    } catch {
      throw CertificateRefusal(reason: "\(error)")
    }
    guard identity.trustDomain == trustDomain, identity.path.count == 4,
      identity.path[0] == "tenants", identity.path[2] == "clients"
    else { throw CertificateRefusal(reason: "the certificate names no client of a tenant here") }
    guard let tenant = try await directory.tenant(named: identity.path[1]) else {
      throw CertificateRefusal(reason: "the certificate names an unknown tenant")
    }
    // Whom the transport trusted was chosen by this name.
    if let name = peer.serverName, name != "\(tenant.name).\(trustDomain)" {
      throw CertificateRefusal(
        reason: "ca_tenant_mismatch: a client of \(tenant.name) came under the name \(name)")
    }
    let trust = try await directory.certificateTrust(tenantID: tenant.id)
    do {
      if !Mutation.isOn(.trustsEveryAuthority) {
        try verifyChain(certificate, peer, stores.store(of: trust, tenantID: tenant.id))
      }
    } catch {
      let isForeign = error == .unknownIssuer || error == .invalidSignature
      throw CertificateRefusal(reason: isForeign ? "ca_tenant_mismatch: \(error)" : "\(error)")
    }
    guard !trust.revoked.contains(certificate.thumbprint) else {
      throw CertificateRefusal(reason: "the certificate was revoked")
    }
    guard let client = try await directory.client(identity.path[3]),
      client.tenantID == tenant.id, !client.disabled,
      client.kind == .partner || client.kind == .service
    else { throw CertificateRefusal(reason: "the certificate names no live client") }
    return Caller(
      tenant: tenant,
      principal: Principal(
        kind: client.kind, subject: "clients/\(client.clientID)", clientID: client.clientID,
        scopes: client.scopes, expiresAt: certificate.notAfter,
        certificateThumbprint: certificate.thumbprint, issuedAt: certificate.notBefore),
      addressRanges: client.addressRanges)
  }

  private func verifyChain(
    _ certificate: Certificate, _ peer: Peer, _ store: TrustStore
  ) throws(CertificateError) {
    // The leaf stands first, and roots are taken from the tenant alone.
    var chain: [Certificate] = []
    for der in peer.certificateChainDER.dropFirst() { chain.append(try Certificate(der: der)) }
    try store.verifyClient(certificate, chain: chain, now: now())
  }
}

/// Why a certificate is refused; for the log, not for the peer.
struct CertificateRefusal: Error, Sendable {
  let reason: String
}
