#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A name among a certificate's alternative names, RFC 5280 section 4.2.1.6.
enum AlternativeName {
  case uri(String)
  case dns(String)
  case ip([UInt8])

  /// Checks a host name: labels of letters, digits and hyphens, `*` allowed as the first one.
  static func checkedDNS(_ name: String) throws(CertificateError) -> AlternativeName {
    var labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if labels.count > 2, labels[0].elementsEqual("*".utf8) { labels.removeFirst() }
    let isName = labels.allSatisfy { label in
      (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
        && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
    }
    guard name.utf8.count <= 253, isName else { throw .invalidName("not a host name: \(name)") }
    return .dns(name)
  }

  /// Reads an address of IPv4 in dotted decimal or of IPv6.
  static func checkedIP(_ text: String) throws(CertificateError) -> AlternativeName {
    for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: size)
      if inet_pton(family, text, &bytes) == 1 { return .ip(bytes) }
    }
    throw .invalidName("not an IP address: \(text)")
  }

  var der: [UInt8] {
    switch self {
    case .dns(let name): DER.tagged(2, Array(name.utf8))
    case .uri(let uri): DER.tagged(6, Array(uri.utf8))
    case .ip(let bytes): DER.tagged(7, bytes)
    }
  }

  private static let hyphen = UInt8(ascii: "-")

  private static func isLetterOrDigit(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
