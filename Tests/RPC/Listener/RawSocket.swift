import Glibc

/// A client's socket without any protocol, closed when it ends.
final class RawSocket: Sendable {
  let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// A socket that is not connected yet.
  static func open() -> RawSocket { RawSocket(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)) }

  /// A connection to this machine.
  static func connected(to port: Int) -> RawSocket {
    let socket = open()
    socket.connect(to: port)
    return socket
  }

  func connect(to port: Int) {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    _ = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  deinit { Glibc.close(descriptor) }

  func send(_ text: String) { send([UInt8](text.utf8)) }

  func send(_ bytes: [UInt8]) {
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// What has come by now: nil where nothing has, empty where the other end has closed.
  func received() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    if count < 0 { return errno == EAGAIN ? nil : [] }
    return Array(bytes.prefix(count))
  }

  /// The next bytes; empty where the other end closes, or nothing comes in ten seconds.
  func next() async -> [UInt8] {
    var bytes: [UInt8]?
    _ = await eventually {
      bytes = received()
      return bytes != nil
    }
    return bytes ?? [0]
  }

  /// Whether the other end closes without a word more, or with few.
  func isClosed() async -> Bool {
    await eventually { received()?.isEmpty == true }
  }
}

/// What an HTTP/2 client without wishes says first: the preface and empty settings.
let http2Greeting = [UInt8]("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
