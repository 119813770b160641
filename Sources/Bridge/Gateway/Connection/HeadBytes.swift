import Glibc

/// What a `Host` field may say: `uri-host [ ":" port ]` (RFC 9110 section 7.2), or nothing.
enum HostField {
  static func isValid(_ value: UnsafeRawBufferPointer) -> Bool {
    var rest = value[...]
    if rest.first == 0x5B {
      guard let end = rest.firstIndex(of: 0x5D), end > rest.startIndex + 1 else { return false }
      let address = UnsafeRawBufferPointer(rebasing: rest[(rest.startIndex + 1)..<end])
      guard isAddress(address) else { return false }
      rest = rest[(end + 1)...]
    } else {
      let end = rest.firstIndex(of: 0x3A) ?? rest.endIndex
      for byte in rest[..<end] where !byte.isInHostName { return false }
      // Each % begins two digits; rare enough to look for a second time.
      for index in rest.indices[..<end] where rest[index] == 0x25 {
        guard index + 2 < end, rest[index + 1].isHexadecimal, rest[index + 2].isHexadecimal
        else { return false }
      }
      // A port without a host names nothing.
      guard end > rest.startIndex || rest.isEmpty else { return false }
      rest = rest[end...]
    }
    guard !rest.isEmpty else { return true }
    guard rest.first == 0x3A, rest.count <= 6 else { return false }
    return rest.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }

  /// What stands between brackets: an IPv6 address, or `v` with one of a later version (RFC 3986
  /// section 3.2.2).
  private static func isAddress(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.allSatisfy({ $0.isInHostName || $0 == 0x3A }) else { return false }
    if text[0] == 0x76 || text[0] == 0x56 {
      let version = text.dropFirst().prefix { $0 != 0x2E }
      return !version.isEmpty && version.allSatisfy(\.isHexadecimal)
        && version.endIndex + 1 < text.endIndex
    }
    var address = in6_addr()
    return inet_pton(AF_INET6, String(decoding: text, as: UTF8.self), &address) == 1
  }

  /// Whether a valid value names a server, whatever the port and the case.
  static func names(_ value: String, _ server: String) -> Bool {
    let host = value.hasPrefix("[") ? value[...] : value.prefix { $0 != ":" }
    return host.lowercased() == server.lowercased()
  }

  /// Whether an origin (RFC 6454 section 6.2) is that of the server which a value names, whichever
  /// scheme its pages came by.
  static func isOrigin(_ origin: String, of value: String) -> Bool {
    let origin = origin.lowercased()
    return ["http://", "https://"].contains { origin == $0 + value.lowercased() }
  }
}

extension UInt8 {
  /// A byte of a token (RFC 9110 section 5.6.2).
  var isToken: Bool {
    switch self {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x2D: true
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
    default: false
    }
  }

  /// A byte of a field value (RFC 9110 section 5.5): no control but the tab.
  var isFieldContent: Bool { self >= 0x20 && self != 0x7F || self == 0x09 }

  var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }

  /// unreserved, pct-encoded and sub-delims (RFC 3986 section 3.2.2).
  fileprivate var isInHostName: Bool {
    switch self {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39: true
    case 0x21, 0x24...0x2E, 0x3B, 0x3D, 0x5F, 0x7E: true
    default: false
    }
  }

  fileprivate var isHexadecimal: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Without spaces and tabs at both ends.
  var trimmed: UnsafeRawBufferPointer {
    var first = startIndex
    var last = endIndex
    while first < last, self[first].isSpaceOrTab { first += 1 }
    while last > first, self[last - 1].isSpaceOrTab { last -= 1 }
    return UnsafeRawBufferPointer(rebasing: self[first..<last])
  }

  /// Whether these are the bytes of a lower-case ASCII text, in any case.
  func equalsIgnoringCase(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in indices {
      let byte = self[index]
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if lower != text.utf8Start[index] { return false }
    }
    return true
  }
}
