import FoundationEssentials

/// An address of an issuer or of its keys: https, or http to this machine itself, as development
/// needs it; without user, query or fragment.
struct IssuerURL: Sendable, Hashable {
  let text: String
  let isSecure: Bool
  /// In lower case.
  let host: String

  /// Reads an address, or nil where it is none that keys may come from.
  init?(_ text: String) {
    guard text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
      let url = URL(string: text), let host = url.host, !host.isEmpty, url.user == nil,
      url.password == nil, url.query == nil, url.fragment == nil
    else { return nil }
    switch url.scheme {
    case "https": isSecure = true
    case "http" where Self.isLoopback(host): isSecure = false
    default: return nil
    }
    self.text = text
    self.host = host.lowercased()
  }

  /// Where OpenID Connect Discovery 1.0 section 4 puts the document of this issuer.
  var discovery: String {
    (text.hasSuffix("/") ? String(text.dropLast()) : text) + "/.well-known/openid-configuration"
  }

  /// Whether keys of this issuer may come from an address: an issuer on https never sends us to
  /// plain http, and one on loopback only to loopback or https.
  func accepts(keysFrom other: IssuerURL) -> Bool { other.isSecure || !isSecure }

  private static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "127.0.0.1" || host == "::1"
      || host == "[::1]"
  }
}
