/// A URI of another system (RFC 3986), read strictly: http or https, a host, perhaps a port and a
/// path; no user, query or fragment, no dot segments, and no address in a form that only some
/// readers take for one, such as decimal, octal or hexadecimal numbers.
public struct EgressURL: Sendable, Hashable, CustomStringConvertible {
  /// How it is called.
  public enum Scheme: String, Sendable {
    /// By TLS.
    case https
    /// In the clear: to this machine alone, in development.
    case http
  }

  /// How it is called.
  public let scheme: Scheme
  /// In lower case, an IPv6 address without brackets.
  public let host: String
  /// As it is written; nil where it is the scheme's.
  public let port: Int?
  /// Empty, or beginning with a slash.
  public let path: String

  /// Host and port.
  public var authority: EgressAuthority {
    EgressAuthority(host: host, port: port ?? (scheme == .https ? 443 : 80))
  }

  /// The address, where the host is one.
  public var address: IPAddress? { IPAddress(host) }

  /// The URI, built from the parts: no reader can take it for another.
  public var description: String {
    let port = port.map { ":\($0)" } ?? ""
    return "\(scheme.rawValue)://\(host.contains(":") ? "[\(host)]" : host)\(port)\(path)"
  }

  /// Reads a URI; nil where it is another one.
  public init?(_ uri: String) {
    guard uri.utf8.count <= 2000, uri.utf8.allSatisfy({ 0x21...0x7e ~= $0 }),
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

  private static func authority(_ text: Substring) -> (host: String, port: Int?)? {
    var host = text
    var port: Substring?
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      if !rest.isEmpty { port = rest.dropFirst() }
      guard host.contains(":"), let address = IPAddress(String(host)) else { return nil }
      // In one form, so that equal addresses are equal hosts.
      host = address.description[...]
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

extension EgressURL {
  /// The URI without its path.
  var root: EgressURL { EgressURL(scheme: scheme, host: host, port: port) }

  private init(scheme: Scheme, host: String, port: Int?) {
    (self.scheme, self.host, self.port, path) = (scheme, host, port, "")
  }
}
