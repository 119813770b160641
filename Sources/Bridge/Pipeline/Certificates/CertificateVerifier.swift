import GeneratedOptions
import LibCrypto
import Mutation
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
  private let now: @Sendable () -> Int64
  private let verdicts = Mutex<[[UInt8]: Verdict]>([:])

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
  func verify(pem: [UInt8]) async throws -> Caller {
    let hash = SHA256.hash(pem)
    if let verdict = verdicts.withLock({ $0[hash] }), verdict.until > .now {
      return try verdict.result.get()
    }
    let result: Result<Caller, CertificateRefusal>
    do {
      result = .success(try await examine(pem))
    } catch let refusal as CertificateRefusal {
      result = .failure(refusal)
    }
    verdicts.withLock { verdicts in
      if verdicts.count >= Self.remembered { verdicts.removeAll() }
      verdicts[hash] = Verdict(result: result, until: .now + Self.freshness)
    }
    return try result.get()
  }

  private func examine(_ pem: [UInt8]) async throws -> Caller {
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
    let authorities = try await directory.certificateAuthorities(tenantID: tenant.id)
    do {
      let known = Mutation.isOn(.knowsOneAuthority) ? Array(authorities.prefix(1)) : authorities
      let roots = try known.map { try Certificate(pem: $0) }
      if !Mutation.isOn(.trustsEveryAuthority) {
        try TrustStore(roots: roots).verifyClient(certificate, now: now())
      }
    } catch {
      throw CertificateRefusal(reason: "ca_tenant_mismatch: \(error)")
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
        certificateThumbprint: Base64URL.encode(certificate.fingerprint),
        issuedAt: certificate.notBefore),
      addressRanges: client.addressRanges)
  }
}

/// Why a certificate is refused; for the log, not for the peer.
struct CertificateRefusal: Error, Sendable {
  let reason: String
}
