/// How a tenant's credentials live, within what the platform's operator allows it.
public struct TenantPolicy: Sendable, Hashable {
  /// The life of an access token, in seconds.
  public var accessTokenSeconds: Int32
  /// How long a refresh token that is not used lives, in seconds.
  public var refreshIdleSeconds: Int32
  /// How long a session lives however often it is refreshed, in seconds.
  public var refreshAbsoluteSeconds: Int32
  /// The life of a client certificate that the tenant's authority issues, in seconds.
  public var certificateSeconds: Int32
  /// Whether clients need tokens that are bound to their certificates (RFC 8705 section 3).
  public var requiresBoundTokens: Bool
  /// Whether members may sign in with a code by e-mail or SMS.
  public var allowsCodes: Bool
  /// Where all of its callers call from.
  public var addressRanges: AddressRanges

  /// Creates a policy; without arguments, the usual one.
  public init(
    accessTokenSeconds: Int32 = 600, refreshIdleSeconds: Int32 = 3600,
    refreshAbsoluteSeconds: Int32 = 30 * 86_400, certificateSeconds: Int32 = 86_400,
    requiresBoundTokens: Bool = false, allowsCodes: Bool = false,
    addressRanges: AddressRanges = .any
  ) {
    self.accessTokenSeconds = accessTokenSeconds
    self.refreshIdleSeconds = refreshIdleSeconds
    self.refreshAbsoluteSeconds = refreshAbsoluteSeconds
    self.certificateSeconds = certificateSeconds
    self.requiresBoundTokens = requiresBoundTokens
    self.allowsCodes = allowsCodes
    self.addressRanges = addressRanges
  }
}
