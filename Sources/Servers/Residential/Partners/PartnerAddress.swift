/// Which addresses of partners the platform calls.
struct PartnerAddressPolicy: Sendable {
  /// Whether a partner may be on this machine, over http as well: development only.
  let allowsLoopback: Bool

  /// Whether the platform calls this URI: https with a host, without user, query and fragment, and
  /// without dot segments; loopback only where that is allowed.
  func accepts(_ uri: String) -> Bool {
    guard let address = PartnerAddress(uri) else { return false }
    if address.isLoopback { return allowsLoopback }
    return address.scheme == .https
  }
}

/// A URI that a partner is called at (RFC 3986), read strictly.
struct PartnerAddress: Sendable, Hashable {
  enum Scheme: String, Sendable { case https, http }

  let scheme: Scheme
  /// In lower case, an IPv6 address without brackets.
  let host: String
  let port: Int?
  /// Empty, or beginning with a slash.
  let path: String

  init?(_ uri: String) {
    guard uri.utf8.count <= 500, uri.utf8.allSatisfy({ 0x21...0x7e ~= $0 }),
      let colon = uri.firstIndex(of: ":"),
      let scheme = Scheme(rawValue: uri[..<colon].lowercased()),
      uri[colon...].hasPrefix("://")
    else { return nil }
    let rest = uri[uri.index(colon, offsetBy: 3)...]
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let path = rest[slash...]
    guard !path.contains(where: { "?#\\\"<>^`{|}".contains($0) }),
      !path.split(separator: "/", omittingEmptySubsequences: false).contains(where: {
        ["..", "."].contains(
          $0.lowercased().split(separator: "%2e", omittingEmptySubsequences: false)
            .joined(separator: "."))
      }),
      let (host, port) = Self.authority(rest[..<slash])
    else { return nil }
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = String(path)
  }

  /// Whether the host says this machine. A name that only resolves to it is the resolver's matter.
  var isLoopback: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
      || host.hasPrefix("::ffff:127.") || (host.hasPrefix("127.") && Self.isIPv4(host))
  }

  private static func authority(_ text: Substring) -> (host: String, port: Int?)? {
    var host = text
    var port: Substring?
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      if !rest.isEmpty { port = rest.dropFirst() }
      guard !host.isEmpty, host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        return nil
      }
    } else {
      if let colon = text.firstIndex(of: ":") {
        host = text[..<colon]
        port = text[text.index(after: colon)...]
      }
      guard isName(host) || isIPv4(host) else { return nil }
    }
    guard let port else { return (host.lowercased(), nil) }
    guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let number = Int(port), 1...65535 ~= number
    else { return nil }
    return (host.lowercased(), number)
  }

  /// A host name whose last label begins with a letter: not a decimal or octal form of an address.
  private static func isName(_ host: some StringProtocol) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return host.utf8.count <= 253 && labels.last?.first?.isLetter == true
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
          && label.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20)
              || $0 == UInt8(ascii: "-")
          }
      }
  }

  private static func isIPv4(_ host: some StringProtocol) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { 0x30...0x39 ~= $0 }
          && (part == "0" || !part.hasPrefix("0")) && (Int(part).map { $0 <= 255 } ?? false)
      }
  }
}
