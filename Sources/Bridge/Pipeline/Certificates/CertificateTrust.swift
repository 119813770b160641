/// Whose client certificates a tenant takes, and which of them not.
public struct CertificateTrust: Sendable, Hashable {
  /// An authority of the tenant.
  public struct Authority: Sendable, Hashable {
    /// Its certificate, signed by itself, in PEM.
    public var certificatePEM: String
    /// Authorities below it, in PEM, which complete chains; empty without any.
    public var intermediatesPEM: String
    /// Its revocation list and those of the authorities below it, in PEM, where it has brought any.
    /// Then its certificates count only as long as the lists do.
    public var revocationListsPEM: String

    /// Creates an authority.
    public init(
      certificatePEM: String, intermediatesPEM: String = "", revocationListsPEM: String = ""
    ) {
      self.certificatePEM = certificatePEM
      self.intermediatesPEM = intermediatesPEM
      self.revocationListsPEM = revocationListsPEM
    }
  }

  /// The authorities.
  public var authorities: [Authority]
  /// `x5t#S256` of certificates that were revoked here.
  public var revoked: Set<String>
  /// Clients that are shut out.
  public var disabledClients: Set<String>
  /// `x5t#S256` of certificates that clients have registered and no authority signed (RFC 8705
  /// section 2.2). They say nothing of who a caller is: whoever asks looks the client up.
  public var selfSigned: Set<String>

  /// Creates a trust.
  public init(
    authorities: [Authority], revoked: Set<String> = [], disabledClients: Set<String> = [],
    selfSigned: Set<String> = []
  ) {
    self.authorities = authorities
    self.revoked = revoked
    self.disabledClients = disabledClients
    self.selfSigned = selfSigned
  }
}
