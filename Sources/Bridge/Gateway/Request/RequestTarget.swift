/// A request target (RFC 9112 section 3.2) in its parts, as sent.
struct RequestTarget {
  /// The path, percent-encoded.
  let path: Substring
  /// What follows the `?`; empty without one.
  let query: Substring
  /// The host that absolute-form names, which counts instead of the field `Host` (section 3.2.2); nil
  /// in origin-form.
  let authority: Substring?

  /// Nil where the target is neither in origin-form nor in absolute-form.
  init?(_ target: String) {
    var rest = target[...]
    if rest.utf8.starts(with: "/".utf8) {
      authority = nil
    } else {
      guard let absolute = Self.absolute(rest) else { return nil }
      (authority, rest) = absolute
    }
    let bytes = rest.utf8
    // A fragment is not part of a target; one that is there hides what the sender meant.
    guard !bytes.contains(UInt8(ascii: "#")) else { return nil }
    if let mark = bytes.firstIndex(of: UInt8(ascii: "?")) {
      path = rest[..<mark]
      query = rest[bytes.index(after: mark)...]
    } else {
      path = rest
      query = rest[rest.endIndex...]
    }
  }

  /// The parts of `http://authority/path`. An authority with a user is an error (RFC 9110 section
  /// 4.2.4).
  private static func absolute(_ target: Substring) -> (authority: Substring, path: Substring)? {
    for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
      let rest = target.dropFirst(scheme.count)
      guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")), slash > rest.startIndex else {
        return nil
      }
      var authority = rest[..<slash]
      guard authority.withUTF8({ HostField.isValid(UnsafeRawBufferPointer($0)) }) else {
        return nil
      }
      return (authority, rest[slash...])
    }
    return nil
  }

  /// Whether the query carries an access token (RFC 6750 section 2.3), which would end up in logs.
  var hasAccessToken: Bool {
    guard !query.isEmpty else { return false }
    for pair in query.split(separator: "&") {
      let name = pair.prefix { $0 != "=" }
      if name.utf8.count >= 12, Self.decoded(name) == "access_token" { return true }
    }
    return false
  }

  /// A name with its percent-coding undone; as it is where that is malformed.
  private static func decoded(_ name: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = name.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let octet = UInt8(Substring(rest.prefix(2)), radix: 16) {
        bytes.append(octet)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
