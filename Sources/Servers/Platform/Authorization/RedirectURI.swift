import FoundationEssentials
import Mutation

/// Where an app takes its codes: https, plain http on a loopback address (RFC 8252 section 7.3), or
/// a scheme of the app's own with a dot in it (section 7.1); never with a fragment.
struct RedirectURI: Sendable, Hashable {
  let text: String
  /// The text around the port, of a loopback address.
  private let loopback: Loopback?

  private struct Loopback: Hashable {
    let host: String
    let rest: String
  }

  /// Reads an address; nil where no code may go there.
  init?(_ text: String) {
    guard (1...2000).contains(text.utf8.count),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }),
      !text.contains("#"), let url = URL(string: text), let scheme = url.scheme,
      url.user == nil, url.password == nil
    else { return nil }
    self.text = text
    switch scheme {
    case "https":
      guard let host = url.host, !host.isEmpty else { return nil }
      loopback = nil
    case "http":
      guard let loopback = Self.loopback(text) else { return nil }
      self.loopback = loopback
    default:
      guard scheme.contains("."), scheme == scheme.lowercased() else { return nil }
      loopback = nil
    }
  }

  /// Whether a request's address is this registered one: the same text, where only a loopback
  /// address may have another port (S-C22).
  func matches(_ requested: String) -> Bool {
    if requested == text { return true }
    if Mutation.isOn(.matchesPartsOfRedirects), requested.hasPrefix(text) { return true }
    guard let loopback, let other = RedirectURI(requested)?.loopback else { return false }
    return loopback == other
  }

  /// The address with more in its query.
  func adding(_ parameters: [(String, String)]) -> String {
    let query = parameters.map { "\($0.0)=\(Self.coded($0.1))" }.joined(separator: "&")
    return text + (text.contains("?") ? "&" : "?") + query
  }

  /// A value as a query has it: all but the unreserved characters escaped.
  static func coded(_ value: String) -> String {
    var text = ""
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        text.unicodeScalars.append("%")
        text.unicodeScalars.append(digits[Int(byte >> 4)])
        text.unicodeScalars.append(digits[Int(byte & 15)])
      }
    }
    return text
  }

  /// Reads `http://127.0.0.1[:port]/…` or `http://[::1][:port]/…`.
  private static func loopback(_ text: String) -> Loopback? {
    for host in ["http://127.0.0.1", "http://[::1]"] where text.hasPrefix(host) {
      var rest = text.dropFirst(host.count)
      if rest.first == ":" {
        rest = rest.dropFirst()
        let port = rest.prefix { ("0"..."9").contains($0) }
        guard let number = Int(port), (1...65535).contains(number) else { return nil }
        rest = rest.dropFirst(port.count)
      }
      guard rest.isEmpty || rest.first == "/" || rest.first == "?" else { return nil }
      return Loopback(host: host, rest: String(rest))
    }
    return nil
  }
}
