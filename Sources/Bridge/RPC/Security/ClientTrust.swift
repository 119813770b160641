/// Whose client certificates are taken under a server name.
public struct ClientTrust: Sendable, Hashable {
  /// The roots that client certificates chain to. Empty trusts nobody.
  public var rootsPEM: String

  /// Certificate revocation lists (RFC 5280). Where there is any, every authority of a
  /// client's chain, the root too, needs one of its own, and one whose next update is past lets
  /// nobody in.
  public var revocationListsPEM: String

  /// Creates a trust.
  public init(rootsPEM: String, revocationListsPEM: String = "") {
    self.rootsPEM = rootsPEM
    self.revocationListsPEM = revocationListsPEM
  }
}
