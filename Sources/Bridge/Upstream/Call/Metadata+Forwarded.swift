import RPC

extension Metadata {
  /// What the other server learns of a call besides its messages: the caller's metadata without
  /// what belongs to its connection, and the caller's address in `x-forwarded-for`.
  ///
  /// Pairs that gRPC cannot carry are left out: they would fail the whole call.
  static func forwarded(of context: ServerContext) -> Metadata {
    var forwarded = Metadata()
    forwarded.reserveCapacity(context.metadata.count + 1)
    for (key, value) in context.metadata where canForward(key) {
      switch value {
      case .string(let text):
        guard !key.hasSuffix("-bin"), text.utf8.allSatisfy({ $0 >= 0x20 && $0 <= 0x7E })
        else { continue }
        forwarded.add(text, for: key)
      case .binary(let bytes):
        guard key.hasSuffix("-bin") else { continue }
        forwarded.add(binary: bytes, for: key)
      }
    }
    if let address = host(of: context.peer.address) {
      forwarded.add(address, for: "x-forwarded-for")
    }
    return forwarded
  }

  private static func canForward(_ key: String) -> Bool {
    switch key {
    // The connection's own (RFC 9110 section 7.6.1, RFC 9113 section 8.2.2), and what the channel
    // says of itself.
    case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te",
      "trailer", "host", "content-type", "content-length", "user-agent":
      false
    // Whoever calls would say here where it calls from.
    case "x-forwarded-for", "forwarded": false
    default:
      !key.isEmpty && !key.hasPrefix("grpc-")
        && key.utf8.allSatisfy { byte in
          (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            || byte == 0x5F || byte == 0x2E
        }
    }
  }

  /// The IP address of `ipv4:192.0.2.1:40000`, `ipv6:[2001:db8::1]:40000`, or the same without the
  /// family; nil for what is no IP address.
  static func host(of address: String) -> String? {
    var rest = address[...]
    for family in ["ipv4:", "ipv6:"] where rest.hasPrefix(family) {
      rest = rest.dropFirst(family.count)
    }
    let host: Substring
    if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
      host = rest[rest.index(after: rest.startIndex)..<end]
    } else if let colon = rest.lastIndex(of: ":"), rest.firstIndex(of: ":") == colon {
      host = rest[..<colon]
    } else {
      host = rest
    }
    let isAddress =
      host.utf8.contains { $0 == 0x2E || $0 == 0x3A }
      && host.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
          || byte == 0x2E || byte == 0x3A
      }
    return isAddress ? String(host) : nil
  }
}
