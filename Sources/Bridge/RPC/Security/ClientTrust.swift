/// Whose client certificates are taken under a server name.
public struct ClientTrust: Sendable, Hashable {
  /// The roots that client certificates chain to. Empty trusts nobody.
  public var rootsPEM: String

  /// Authorities between roots and clients, which complete chains and are not trusted by
  /// themselves.
  public var intermediatesPEM: String

  /// Certificate revocation lists (RFC 5280). An authority that has any is not believed without
  /// one that it signed itself and whose next update is to come; one that has none is believed
  /// without. A list of none of the authorities above makes the trust a broken one.
  public var revocationListsPEM: String

  /// The SHA-256 of the DER of clients' certificates that are refused.
  public var revokedFingerprints: Set<[UInt8]>

  /// The URIs of clients that are refused, whatever certificate names them.
  public var refusedURIs: Set<String>

  /// The SHA-256 of the DER of clients' certificates that are taken without any authority, each by
  /// itself. The bridge takes them; the gRPC port, whose callers are who their certificates say,
  /// does not.
  public var selfSignedFingerprints: Set<[UInt8]>

  /// Creates a trust.
  public init(
    rootsPEM: String, intermediatesPEM: String = "", revocationListsPEM: String = "",
    revokedFingerprints: Set<[UInt8]> = [], refusedURIs: Set<String> = [],
    selfSignedFingerprints: Set<[UInt8]> = []
  ) {
    self.rootsPEM = rootsPEM
    self.intermediatesPEM = intermediatesPEM
    self.revocationListsPEM = revocationListsPEM
    self.revokedFingerprints = revokedFingerprints
    self.refusedURIs = refusedURIs
    self.selfSignedFingerprints = selfSignedFingerprints
  }
}
