#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Absolute https URIs of RFC 3986 that name nothing but a place: no user, no fragment. http is
/// for this machine only: `127.0.0.1`, `[::1]` and `localhost`.
///
/// Where such a URI may lead is for whoever connects to check, after resolving the name.
enum HTTPSURI {
  static func isValid(_ value: UnsafeRawBufferPointer) -> Bool {
    let secure = "https://"
    let plain = "http://"
    let isSecure = value.starts(with: secure.utf8)
    guard isSecure || value.starts(with: plain.utf8), hasOnlyAllowedCharacters(value) else {
      return false
    }
    let rest = value.dropFirst(isSecure ? secure.utf8.count : plain.utf8.count)
    let isDelimiter = { (byte: UInt8) in byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") }
    let authority = Array(rest.prefix { !isDelimiter($0) })
    // The host ends at the last colon after the bracket, if any.
    var host = authority[...]
    let afterBracket = authority.lastIndex(of: UInt8(ascii: "]")) ?? 0
    if let colon = authority[afterBracket...].lastIndex(of: UInt8(ascii: ":")) {
      guard isPort(authority[(colon + 1)...]) else { return false }
      host = authority[..<colon]
    }
    guard isName(host) || isIPv6(host) else { return false }
    return isSecure
      || ["127.0.0.1", "[::1]", "localhost"].contains { host.elementsEqual($0.utf8) }
  }

  /// Unreserved and reserved characters without `#`, and whole percent-encodings.
  private static func hasOnlyAllowedCharacters(_ value: UnsafeRawBufferPointer) -> Bool {
    value.indices.allSatisfy { index in
      switch value[index] {
      case UInt8(ascii: "%"):
        index + 2 < value.count && value[index + 1].isHexadecimalDigit
          && value[index + 2].isHexadecimalDigit
      case let byte: byte.isResourceCharacter || ":/?[]@!$&'()*+,;=".utf8.contains(byte)
      }
    }
  }

  private static func isPort(_ text: ArraySlice<UInt8>) -> Bool {
    guard (1...5).contains(text.count) else { return false }
    var port = 0
    for digit in text {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return false }
      port = port * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return (1...65_535).contains(port)
  }

  /// Labels of letters, digits and hyphens; an IPv4 address is of that form as well.
  private static func isName(_ host: ArraySlice<UInt8>) -> Bool {
    guard host.count <= 253 else { return false }
    return host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { label in
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
          && label.last != UInt8(ascii: "-")
          && label.allSatisfy {
            $0.isResourceCharacter && !"._~".utf8.contains($0)
          }
      }
  }

  private static func isIPv6(_ host: ArraySlice<UInt8>) -> Bool {
    guard host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]"), host.count <= 47 else {
      return false
    }
    let text = String(decoding: host.dropFirst().dropLast(), as: UTF8.self)
    var address = in6_addr()
    return inet_pton(AF_INET6, text, &address) == 1
  }
}
