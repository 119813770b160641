import Mutation

/// The domain under which the platform lives, and the names that follow from it: every tenant's
/// issuer is `https://{tenant}.{base domain}`, and their tokens are for `https://{base domain}`.
public struct BaseDomain: Sendable, Hashable {
  /// The domain in lower case, such as `artel.localhost`; also the trust domain of client
  /// certificates.
  public let name: String
  /// The audience of the platform's own tokens.
  public let audience: String

  /// - Throws: `PlatformConfigurationError` unless it is at least one DNS label in lower case,
  ///   without a dot at its end.
  public init(_ name: String) throws(PlatformConfigurationError) {
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard name.utf8.count <= 190, labels.allSatisfy({ Self.isHostLabel($0) }) else {
      throw PlatformConfigurationError("the base domain is not a domain name in lower case")
    }
    self.name = name
    audience = "https://\(name)"
  }

  /// The issuer of a tenant's own tokens.
  public func issuer(of tenantName: String) -> String { "https://\(tenantName).\(name)" }

  /// The SPIFFE ID of a client, as its certificate carries it.
  public func spiffeID(tenantName: String, clientID: String) -> String {
    "spiffe://\(name)/tenants/\(tenantName)/clients/\(clientID)"
  }

  /// The tenant whose own issuer this is, compared whole; nil for any other text.
  func tenantName(ofIssuer issuer: String) -> String? {
    // Byte by byte: no two texts are the same issuer for being equal in Unicode's eyes.
    let issuer = (Mutation.isOn(.ignoresCaseOfIssuers) ? Self.loose(issuer) : issuer).utf8
    let prefix = Self.scheme.utf8
    guard issuer.count > prefix.count + name.utf8.count + 1, issuer.starts(with: prefix),
      issuer.suffix(name.utf8.count).elementsEqual(name.utf8)
    else { return nil }
    let rest = issuer.dropFirst(prefix.count).dropLast(name.utf8.count)
    guard rest.last == UInt8(ascii: ".") else { return nil }
    let label = Substring(rest.dropLast())
    return Self.isTenantName(label) ? String(label) : nil
  }

  private static let scheme = "https://"

  private static func loose(_ issuer: String) -> String {
    let issuer = issuer.lowercased()
    return issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
  }

  /// A label of RFC 1035 section 2.3.1 in lower case.
  static func isTenantName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first else {
      return false
    }
    return isHostLabel(text)
  }

  /// A label of a host name (RFC 1123 section 2.1), where a digit may stand first.
  private static func isHostLabel(_ text: some StringProtocol) -> Bool {
    let hyphen = UInt8(ascii: "-")
    return (1...63).contains(text.utf8.count) && text.utf8.first != hyphen
      && text.utf8.reversed().first != hyphen
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), hyphen:
          true
        default: false
        }
      }
  }
}
