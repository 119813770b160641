internal import CGRPC
internal import Glibc

/// The address of one end of a socket.
struct SocketAddress {
  private(set) var storage = sockaddr_storage()
  private(set) var length: socklen_t

  /// Takes over what the kernel or the resolver wrote.
  init(_ storage: sockaddr_storage, length: socklen_t) {
    self.storage = storage
    self.length = length
  }

  /// A path, or an abstract name; nil where it is too long.
  init?(unix name: String, isAbstract: Bool) {
    length = 0
    var name = name
    let isAbstractFlag: Int32 = isAbstract ? 1 : 0
    length = name.withUTF8 {
      // Only read in the call.
      artel_unix_address(
        &storage, UnsafeRawPointer($0.baseAddress)?.assumingMemoryBound(to: CChar.self), $0.count,
        isAbstractFlag)
    }
    guard length > 0 else { return nil }
  }

  /// Every address that a host's name stands for.
  static func resolve(_ host: String, port: UInt16) throws(ServerStartError) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, String(port), &hints, &list)
    guard status == 0 else {
      throw ServerStartError(description: "\(host): \(String(cString: gai_strerror(status)))")
    }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let info = next {
      next = info.pointee.ai_next
      guard [AF_INET, AF_INET6].contains(info.pointee.ai_family),
        Int(info.pointee.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size
      else { continue }
      var storage = sockaddr_storage()
      // The resolver's memory is copied before the list is freed.
      withUnsafeMutableBytes(of: &storage) {
        $0.copyMemory(
          from: UnsafeRawBufferPointer(
            start: info.pointee.ai_addr, count: Int(info.pointee.ai_addrlen)))
      }
      let address = SocketAddress(storage, length: info.pointee.ai_addrlen)
      if !addresses.contains(where: { $0.text == address.text }) { addresses.append(address) }
    }
    return addresses
  }

  /// The end of a bound or connected socket that is ours.
  static func local(of socket: Int32) -> SocketAddress? {
    var address = SocketAddress(sockaddr_storage(), length: socklen_t(sockaddr_storage.size))
    let status = withUnsafeMutablePointer(to: &address.storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(socket, $0, &address.length)
      }
    }
    return status == 0 ? address : nil
  }

  /// Calls `body` with what socket calls take.
  func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    withUnsafePointer(to: storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  var family: Int32 { Int32(storage.ss_family) }

  /// The port; 0 for a Unix socket. Setting it on a Unix address does nothing.
  var port: UInt16 {
    get {
      switch family {
      case AF_INET: UInt16(bigEndian: read(sockaddr_in.self).sin_port)
      case AF_INET6: UInt16(bigEndian: read(sockaddr_in6.self).sin6_port)
      default: 0
      }
    }
    set {
      guard family != AF_UNIX else { return }
      // The port is at the same place in both.
      withUnsafeMutableBytes(of: &storage) {
        $0.storeBytes(
          of: newValue.bigEndian, toByteOffset: MemoryLayout<sockaddr_in>.offset(of: \.sin_port)!,
          as: UInt16.self)
      }
    }
  }

  /// The bytes of an IP address; an IPv4 address that came in an IPv6 one counts as what it is.
  /// Empty for a Unix socket.
  var bytes: [UInt8] {
    switch family {
    case AF_INET: return withUnsafeBytes(of: read(sockaddr_in.self).sin_addr) { [UInt8]($0) }
    case AF_INET6:
      let all = withUnsafeBytes(of: read(sockaddr_in6.self).sin6_addr) { [UInt8]($0) }
      let isMapped = all[..<10].allSatisfy { $0 == 0 } && all[10] == 255 && all[11] == 255
      return isMapped ? [UInt8](all[12...]) : all
    default: return []
    }
  }

  /// Whether only this machine can be at the other end.
  var isLoopback: Bool {
    let bytes = bytes
    switch bytes.count {
    case 0: return true
    case 4: return bytes[0] == 127
    default: return bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
    }
  }

  /// What counts as one caller: an IPv4 address, or the 64 bits of an IPv6 network.
  var host: UInt64 {
    let bytes = bytes
    return bytes.prefix(8).reduce(UInt64(bytes.count == 4 ? 1 : 0)) { $0 << 8 | UInt64($1) }
  }

  /// Such as `ipv4:127.0.0.1:4000`, `ipv6:[::1]:4000` or `unix:`.
  var text: String {
    let bytes = bytes
    guard !bytes.isEmpty else { return "unix:" }
    let isV4 = bytes.count == 4
    let host = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
      bytes.withUnsafeBytes {
        inet_ntop(isV4 ? AF_INET : AF_INET6, $0.baseAddress, text.baseAddress, 64)
          .map { String(cString: $0) } ?? ""
      }
    }
    return isV4 ? "ipv4:\(host):\(port)" : "ipv6:[\(host)]:\(port)"
  }

  private func read<Form>(_: Form.Type) -> Form {
    withUnsafeBytes(of: storage) { $0.load(as: Form.self) }
  }
}

extension sockaddr_storage {
  fileprivate static var size: Int { MemoryLayout<sockaddr_storage>.size }
}
