import LibCrypto
import RPC

/// An authority that a tenant brings, as far as it can be judged by itself.
struct BroughtAuthority: Sendable {
  private static let mostIntermediates = 8
  private static let mostLists = 9

  let certificate: Certificate
  let intermediates: [Certificate]

  /// Reads and checks what a tenant brings.
  ///
  /// - Throws: INVALID_ARGUMENT with what is wrong.
  init(
    certificatePEM: String, intermediatesPEM: String, now: Int64 = UnixTime.now()
  ) throws(RPCError) {
    do throws(CertificateError) {
      certificate = try Certificate(pem: certificatePEM)
      try Self.check(certificate, now)
      guard certificate.issuerDER == certificate.subjectDER else { throw .unknownIssuer }
      // That it signed itself is verified as any chain is: with itself as the root.
      try TrustStore(roots: [certificate]).verifyAuthority(certificate, now: now)
    } catch {
      throw Refusal.invalid(
        "certificate_pem", "is not an authority that can be trusted: \(error)")
    }
    do throws(CertificateError) {
      intermediates =
        intermediatesPEM.isEmpty ? [] : try Certificate.chain(pem: intermediatesPEM)
      guard intermediates.count <= Self.mostIntermediates else { throw .chainTooLong }
      let store = try TrustStore(roots: [certificate], intermediates: intermediates)
      for intermediate in intermediates {
        try Self.check(intermediate, now)
        guard intermediate.issuerDER != intermediate.subjectDER else { throw .issuerNotAuthorized }
        try store.verifyAuthority(intermediate, now: now)
      }
    } catch {
      throw Refusal.invalid(
        "intermediates_pem", "are not authorities below the one that is brought: \(error)")
    }
  }

  /// Checks lists that are brought: each has to be signed by one of these authorities, and to count
  /// now (S-B24). An empty list is a good one (S-B23).
  ///
  /// - Returns: The lists as one text.
  func checkedLists(_ pem: String, now: Int64 = UnixTime.now()) throws(RPCError) -> String {
    do throws(CertificateError) {
      let lists = try CertificateRevocationList.lists(pem: pem)
      guard lists.count <= Self.mostLists else { throw .malformed("there are too many lists") }
      for list in lists {
        guard
          let issuer = ([certificate] + intermediates).first(where: { issuer in
            issuer.subjectDER == list.issuerDER && (try? list.verify(by: issuer)) != nil
          })
        else { throw .invalidSignature }
        try list.verify(by: issuer)
        guard list.thisUpdate <= now + 60 else { throw .notYetValid }
        guard list.nextUpdate > now else { throw .revocationUnknown("the next update is past") }
      }
      return lists.map(\.pem).joined(separator: "\n")
    } catch {
      throw Refusal.invalid(
        "revocation_lists_pem", "are not lists of the authority that count now: \(error)")
    }
  }

  private static func check(_ authority: Certificate, _ now: Int64) throws(CertificateError) {
    guard authority.isAuthority, authority.keyUsage?.contains(.keyCertSign) ?? false else {
      throw .issuerNotAuthorized
    }
    guard authority.publicKey.kind.isAcceptable else { throw .weakKey(authority.publicKey.kind) }
    guard authority.signatureAlgorithm.isAcceptable else {
      throw .weakSignature(authority.signatureAlgorithm.name)
    }
    guard !authority.hasUnknownCriticalExtension else { throw .unknownCriticalExtension }
    guard now >= authority.notBefore else { throw .notYetValid }
    guard now <= authority.notAfter else { throw .expired }
  }
}
