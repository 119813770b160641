/// Compares the authority of a request with the name that TLS was made for, byte by byte: whatever
/// its case and its port, and with or without the last dot of a whole name.
struct ServerNameMatch {
  private enum Place {
    case host
    /// Behind the last dot.
    case dot
    case port
    case elsewhere
  }

  /// In lower case.
  private let name: [UInt8]
  private var matched = 0
  private var isEmpty = true
  private var place = Place.host

  init(_ name: [UInt8]) { self.name = name }

  /// Whether the authority names another server. An empty one names none.
  var isForeign: Bool {
    !isEmpty && (place == .elsewhere || matched < name.count)
  }

  mutating func append(_ byte: UInt8) {
    isEmpty = false
    switch place {
    case .host where matched < name.count:
      if byte.inLowerCase == name[matched] { matched += 1 } else { place = .elsewhere }
    case .host where byte == UInt8(ascii: "."): place = .dot
    case .host, .dot: place = byte == UInt8(ascii: ":") ? .port : .elsewhere
    case .port: if !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte) { place = .elsewhere }
    case .elsewhere: break
    }
  }
}

/// Tells, byte by byte, whether a field's name is one of those that name the server of a request
/// (RFC 9113 section 8.3.1).
struct ServerFieldMatch {
  private static let authority = Array(":authority".utf8)
  private static let host = Array("host".utf8)

  private var count = 0
  private var mayBeAuthority = true
  private var mayBeHost = true

  var names: Bool {
    mayBeAuthority && count == Self.authority.count || mayBeHost && count == Self.host.count
  }

  mutating func append(_ byte: UInt8) {
    mayBeAuthority = mayBeAuthority && count < Self.authority.count && Self.authority[count] == byte
    // No client of HTTP/2 may write it otherwise, but what is not compared is not refused.
    mayBeHost = mayBeHost && count < Self.host.count && Self.host[count] == byte.inLowerCase
    count += 1
  }
}

extension UInt8 {
  fileprivate var inLowerCase: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }
}
