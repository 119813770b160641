import Foundation
import Synchronization

/// A server on a port of this machine that begins to say something, and goes on byte by byte.
final class StrangeServer: Sendable {
  struct Failure: Error {}

  let port: Int
  private let socket: Int32
  private let count = Atomic<Int>(0)
  private let isOver = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)

  /// How many bytes it has sent.
  var sent: Int { count.load(ordering: .relaxed) }

  init(begins: [UInt8]) throws {
    (socket, port) = try Self.listen()
    let thread = Thread { [self] in
      serve(begins)
      ended.signal()
    }
    thread.start()
  }

  /// Ends it, and waits until it has.
  func stop() {
    isOver.store(true, ordering: .relaxed)
    shutdown(socket, Int32(SHUT_RDWR))
    ended.wait()
    close(socket)
  }

  private func serve(_ begins: [UInt8]) {
    let peer = accept(socket, nil, nil)
    guard peer >= 0 else { return }
    defer { close(peer) }
    var bytes = begins
    while !isOver.load(ordering: .relaxed) {
      guard send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0 else { return }
      count.add(bytes.count, ordering: .relaxed)
      bytes = [0]
      usleep(20_000)
    }
  }

  /// A port that nobody has now.
  static func freePort() throws -> Int {
    let (socket, port) = try listen()
    close(socket)
    return port
  }

  private static func listen() throws -> (Int32, Int) {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(socket, address, length) == 0 && Glibc.listen(socket, 8) == 0
          && getsockname(socket, address, &length) == 0
      }
    }
    guard isBound else { throw Failure() }
    return (socket, Int(UInt16(bigEndian: address.sin_port)))
  }
}
