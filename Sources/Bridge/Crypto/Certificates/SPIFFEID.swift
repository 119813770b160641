/// The name of a workload: `spiffe://trust-domain/path`, by the SPIFFE ID standard, section 2.
public struct SPIFFEID: Sendable, Hashable {
  /// Who vouches for the name.
  public let trustDomain: String
  /// The segments of the path, at least one.
  public let path: [String]

  /// The standard's longest URI, section 2.3.
  private static let maximumSize = 2048

  /// Reads a URI.
  ///
  /// Scheme and trust domain are accepted in lower case only, so that one name has one text. An ID
  /// without a path names an authority, never a client (X.509-SVID section 5.2).
  ///
  /// - Throws: `invalidURI` with the reason.
  public init(_ uri: String) throws(CertificateError) {
    let scheme = "spiffe://"
    guard uri.utf8.count <= Self.maximumSize else { throw .invalidURI("longer than 2048 bytes") }
    guard uri.hasPrefix(scheme) else { throw .invalidURI("the scheme is not spiffe") }
    let parts = uri.utf8.dropFirst(scheme.utf8.count)
      .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let domain = parts[0]
    guard (1...255).contains(domain.count), domain.allSatisfy(Self.isDomainCharacter) else {
      throw .invalidURI("the trust domain is not one")
    }
    guard parts.count > 1, !(parts.count == 2 && parts[1].isEmpty) else {
      throw .invalidURI("no path")
    }
    var path: [String] = []
    for segment in parts.dropFirst() {
      let text = String(Substring(segment))
      guard !segment.isEmpty, segment.allSatisfy(Self.isPathCharacter), text != ".", text != ".."
      else { throw .invalidURI("a path segment is empty, relative or has other characters") }
      path.append(text)
    }
    trustDomain = String(Substring(domain))
    self.path = path
  }

  /// The URI.
  public var uri: String { "spiffe://" + trustDomain + "/" + path.joined(separator: "/") }

  private static func isDomainCharacter(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isPathCharacter(_ character: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(character) || isDomainCharacter(character)
  }
}
