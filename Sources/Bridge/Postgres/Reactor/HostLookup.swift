import Glibc

/// Look-up of a host name, because libpq's own would block the reactor.
enum HostLookup {
  /// Numeric addresses in the resolver's order; empty when there are none.
  static func addresses(of host: String) -> [String] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    // The list is ours until here; its texts are copied below.
    defer { freeaddrinfo(list) }
    var result: [String] = []
    var next = list
    while let entry = next {
      let capacity = Int(NI_MAXHOST)
      let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
        let failure = getnameinfo(
          entry.pointee.ai_addr, entry.pointee.ai_addrlen, buffer.baseAddress,
          socklen_t(capacity), nil, 0, NI_NUMERICHOST)
        return failure == 0 ? buffer.baseAddress.map { String(cString: $0) } : nil
      }
      if let text, !result.contains(text) { result.append(text) }
      next = entry.pointee.ai_next
    }
    return result
  }
}
