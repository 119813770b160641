internal import CGRPC
internal import Glibc

/// The sockets that a server listens on: one per address that its host stands for.
struct ListeningSockets {
  private struct Path {
    let path: String
    let device: UInt64
    let number: UInt64
  }

  private(set) var descriptors: [Int32] = []
  /// The port that was bound; 0 for a Unix socket.
  private(set) var port = 0
  private var path: Path?

  /// Binds and listens.
  ///
  /// - Parameter loopbackOnly: Refuses addresses that other machines reach.
  /// - Throws: `ServerStartError`; nothing stays bound then.
  init(_ address: ListenAddress, loopbackOnly: Bool) throws(ServerStartError) {
    do throws(ServerStartError) {
      switch address {
      case .host(let host, let port): try bind(host: host, port: port, loopbackOnly: loopbackOnly)
      case .unix(let path): try bind(path: path)
      case .abstract(let name):
        guard let address = SocketAddress(unix: name, isAbstract: true) else {
          throw ServerStartError(description: "the name \(name) is empty or too long")
        }
        try listen(on: address, "unix-abstract:\(name)")
      }
    } catch {
      close()
      throw error
    }
  }

  private mutating func bind(
    host: String, port: UInt16, loopbackOnly: Bool
  ) throws(ServerStartError) {
    var failure = ServerStartError(description: "\(host) has no address")
    for var address in try SocketAddress.resolve(host, port: port) {
      guard !loopbackOnly || address.isLoopback else {
        throw ServerStartError(
          description: "\(host) stands for \(address.text), which other machines reach")
      }
      // Port 0 is chosen once and holds for every address.
      if port == 0 { address.port = UInt16(self.port) }
      do throws(ServerStartError) {
        try listen(on: address, address.text)
        if let bound = SocketAddress.local(of: descriptors.last!) { self.port = Int(bound.port) }
      } catch  where error.isUnavailableAddress {
        // A machine without IPv6, say, has the name but not the address: another may do.
        failure = error
      }
    }
    guard !descriptors.isEmpty else { throw failure }
  }

  private mutating func bind(path: String) throws(ServerStartError) {
    guard let address = SocketAddress(unix: path, isAbstract: false) else {
      throw ServerStartError(description: "the path \(path) is empty or over 107 bytes")
    }
    try Self.removeStale(path, address)
    try listen(on: address, "unix:\(path)")
    var device: UInt64 = 0
    var number: UInt64 = 0
    if artel_socket_at(path, &device, &number) != 0 {
      self.path = Path(path: path, device: device, number: number)
    }
  }

  /// Removes what a server left that was killed: a socket where nobody answers.
  private static func removeStale(_ path: String, _ address: SocketAddress) throws(ServerStartError)
  {
    var device: UInt64 = 0
    var number: UInt64 = 0
    guard artel_socket_at(path, &device, &number) != 0 else { return }
    let probe = artel_socket(AF_UNIX)
    guard probe >= 0 else { throw ServerStartError(description: "socket: \(SystemError.last)") }
    defer { Glibc.close(probe) }
    let status = address.withPointer { connect(probe, $0, $1) }
    guard status != 0, SystemError.last.code == ECONNREFUSED else {
      throw ServerStartError(description: "unix:\(path) cannot be bound: somebody answers there")
    }
    _ = unlink(path)  // Where it fails, binding fails and says why.
  }

  private mutating func listen(on address: SocketAddress, _ name: String) throws(ServerStartError) {
    let socket = artel_socket(address.family)
    guard socket >= 0 else {
      throw ServerStartError(description: "\(name): \(SystemError.last)", cause: .last)
    }
    descriptors.append(socket)
    if address.family != AF_UNIX {
      // A port is free again at once when its server has ended; `[::]` means IPv4 too.
      _ = artel_set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1)
      if address.family == AF_INET6 {
        let isAny = address.bytes.allSatisfy { $0 == 0 }
        _ = artel_set_option(socket, Int32(IPPROTO_IPV6), IPV6_V6ONLY, isAny ? 0 : 1)
      }
    }
    guard address.withPointer({ Glibc.bind(socket, $0, $1) }) == 0,
      Glibc.listen(socket, 4096) == 0
    else {
      let cause = SystemError.last
      descriptors.removeLast()
      Glibc.close(socket)
      throw ServerStartError(description: "\(name) cannot be bound: \(cause)", cause: cause)
    }
  }

  /// Stops listening; a Unix socket's path is removed where it is still ours.
  mutating func close() {
    var device: UInt64 = 0
    var number: UInt64 = 0
    if let path, artel_socket_at(path.path, &device, &number) != 0,
      path.device == device, path.number == number
    {
      _ = unlink(path.path)  // A path that stays is found stale by the next start.
    }
    path = nil
    for descriptor in descriptors { Glibc.close(descriptor) }
    descriptors = []
  }
}

extension ServerStartError {
  fileprivate init(description: String, cause: SystemError) {
    self.init(description: description)
    isUnavailableAddress = [EADDRNOTAVAIL, EAFNOSUPPORT].contains(cause.code)
  }
}
