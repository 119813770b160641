import RPC

/// Who counts as one caller where nobody is known: a host, or a network that one customer has.
package enum NetworkName {
  /// The name under which an address is counted: an IPv4 address, or the /64 network of an IPv6 one,
  /// since whoever has one address of it has all (RFC 6177 section 2). Anything else, such as the
  /// path of a Unix socket, stands for itself.
  ///
  /// - Parameter address: with a port, as gRPC writes it (`ipv4:192.0.2.1:40000`), or bare.
  package static func of(_ address: String) -> String {
    let host = bare(address)
    guard host.utf8.contains(UInt8(ascii: ":")), let bytes = AddressRange.bytes(of: host) else {
      return host
    }
    if bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]) {
      return bytes[12...].map { String($0) }.joined(separator: ".")
    }
    return stride(from: 0, to: 8, by: 2).map {
      String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
    }.joined(separator: ":") + "::/64"
  }

  /// The address without its scheme, its port and its brackets.
  static func bare(_ address: String) -> String {
    let host = RateLimiter.host(address)
    return host.hasPrefix("[") && host.hasSuffix("]")
      ? String(host.dropFirst().dropLast()) : host
  }
}
