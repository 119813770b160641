/// The resource names of certificates and what stands beside them.
enum CertificateNames {
  static func certificate(_ thumbprint: String) -> String { "certificates/\(thumbprint)" }

  static func authority(_ id: String) -> String { "authorities/\(id)" }

  static func client(_ id: String) -> String { "clients/\(id)" }

  static func revocationList(tenant: String, authority: String) -> String {
    "tenants/\(tenant)/revocationLists/\(authority)"
  }

  /// The thumbprint of a certificate's name: 43 characters of base64url; nil for another name.
  static func thumbprint(_ name: String) -> String? {
    guard let text = last(name, of: "certificates"), text.utf8.count == 43,
      text.utf8.allSatisfy(isBase64URL)
    else { return nil }
    return text
  }

  /// The identifier of an authority's name; nil for another name.
  static func authorityID(_ name: String) -> String? {
    guard let text = last(name, of: "authorities"), TenantIdentifier.isValid(text) else {
      return nil
    }
    return text
  }

  /// The identifier of a client's name; nil for another name.
  static func clientID(_ name: String) -> String? {
    guard let text = last(name, of: "clients"), ClientIdentifier.isValid(text) else { return nil }
    return text
  }

  /// Tenant and authority of a published list's name; nil for another name.
  static func publishedList(_ name: String) -> (tenant: String, authority: String)? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "tenants", parts[2] == "revocationLists",
      BaseDomain.isTenantName(parts[1]), TenantIdentifier.isValid(String(parts[3]))
    else { return nil }
    return (String(parts[1]), String(parts[3]))
  }

  private static func last(_ name: String, of collection: String) -> String? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == collection else { return nil }
    return String(parts[1])
  }

  private static func isBase64URL(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
