/// Why a certificate was revoked: the CRLReason of RFC 5280 section 5.3.1, as far as it is for
/// clients' certificates.
public enum RevocationReason: Int, Sendable, CaseIterable {
  case unspecified = 0
  case keyCompromise = 1
  case affiliationChanged = 3
  case superseded = 4
  case cessationOfOperation = 5
  case privilegeWithdrawn = 9
}

/// An entry of a revocation list.
public struct RevokedCertificate: Sendable, Hashable {
  /// The certificate's serial number, big-endian.
  public var serialNumber: [UInt8]
  /// When it was revoked, Unix seconds.
  public var time: Int64
  /// Why.
  public var reason: RevocationReason

  /// Creates an entry.
  public init(serialNumber: [UInt8], time: Int64, reason: RevocationReason) {
    self.serialNumber = serialNumber
    self.time = time
    self.reason = reason
  }
}
