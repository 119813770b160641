import Foundation
import Glibc
import TestSupport
import Testing

@testable import RPC

@Suite("A listener's addresses")
struct ListenAddressTests {
  @Test("are hosts with ports, and Unix sockets")
  func forms() throws {
    #expect(try ListenAddress("127.0.0.1:80") == .host("127.0.0.1", port: 80))
    #expect(try ListenAddress("[::1]:0") == .host("::1", port: 0))
    #expect(try ListenAddress("example.org:65535") == .host("example.org", port: 65_535))
    #expect(try ListenAddress("unix:/run/x") == .unix(path: "/run/x"))
    #expect(try ListenAddress("unix-abstract:x") == .abstract(name: "x"))
  }

  @Test(
    "are nothing else",
    arguments: ["", "80", ":80", "host", "host:", "host:65536", "host:-1", "::1:80", "dns:x:80"])
  func wrong(text: String) {
    #expect(throws: ServerStartError.self) { try ListenAddress(text) }
  }

  @Test("know which of them only this machine reaches")
  func local() throws {
    for text in ["localhost:1", "127.9.0.1:1", "[::1]:1", "unix:/x", "unix-abstract:x"] {
      #expect(try ListenAddress(text).isLocal, "\(text)")
    }
    for text in ["0.0.0.0:1", "[::]:1", "192.0.2.1:1", "localhost.example:1"] {
      #expect(try !ListenAddress(text).isLocal, "\(text)")
    }
  }

  @Test("are looked at again when they are resolved")
  func resolved() throws {
    #expect(throws: ServerStartError.self) {
      _ = try ListeningSockets(.host("0.0.0.0", port: 0), loopbackOnly: true)
    }
    #expect(throws: ServerStartError.self) {
      _ = try ListeningSockets(.host("no.such.host.invalid", port: 0), loopbackOnly: false)
    }
    var every = try ListeningSockets(.host("0.0.0.0", port: 0), loopbackOnly: false)
    #expect(every.port > 0)
    every.close()
  }

  @Test("bind every address of a name to one port")
  func localhost() throws {
    var sockets = try ListeningSockets(.host("localhost", port: 0), loopbackOnly: true)
    for socket in sockets.descriptors {
      #expect(SocketAddress.local(of: socket)?.port == UInt16(sockets.port))
    }
    #expect(throws: ServerStartError.self, "taken") {
      _ = try ListeningSockets(
        .host("localhost", port: UInt16(sockets.port)), loopbackOnly: true)
    }
    sockets.close()
  }

  @Test("may be a path: a stale socket is replaced, one that answers is not, and ours goes with us")
  func path() throws {
    let path = "/tmp/rpc-\(UUID().uuidString.prefix(8)).sock"
    let first = try ListeningSockets(.unix(path: path), loopbackOnly: true)
    #expect(throws: ServerStartError.self, "somebody answers") {
      _ = try ListeningSockets(.unix(path: path), loopbackOnly: true)
    }
    // As a server leaves it that is killed.
    for descriptor in first.descriptors { close(descriptor) }
    var second = try ListeningSockets(.unix(path: path), loopbackOnly: true)
    #expect(FileManager.default.fileExists(atPath: path))
    second.close()
    #expect(!FileManager.default.fileExists(atPath: path))

    // A path that has become another's stays.
    var third = try ListeningSockets(.unix(path: path), loopbackOnly: true)
    unlink(path)
    try Data("a file".utf8).write(to: URL(fileURLWithPath: path))
    third.close()
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(throws: ServerStartError.self, "a file is not ours to remove") {
      _ = try ListeningSockets(.unix(path: path), loopbackOnly: true)
    }
    unlink(path)
    #expect(throws: ServerStartError.self, "too long") {
      _ = try ListeningSockets(
        .unix(path: "/tmp/" + String(repeating: "x", count: 103)), loopbackOnly: true)
    }
  }

  @Test("may be an abstract name")
  func abstract() throws {
    let name = "rpc-\(UUID().uuidString)"
    var sockets = try ListeningSockets(.abstract(name: name), loopbackOnly: true)
    #expect(throws: ServerStartError.self) {
      _ = try ListeningSockets(.abstract(name: name), loopbackOnly: true)
    }
    sockets.close()
    #expect(throws: ServerStartError.self) {
      _ = try ListeningSockets(.abstract(name: ""), loopbackOnly: true)
    }
  }

  @Test("of callers are written as the core writes them, and count by their network")
  func callers() throws {
    func address(_ host: String, _ port: UInt16 = 5) throws -> SocketAddress {
      try #require(try SocketAddress.resolve(host, port: port).first)
    }
    #expect(try address("127.0.0.1", 80).text == "ipv4:127.0.0.1:80")
    #expect(try address("::1", 80).text == "ipv6:[::1]:80")
    #expect(try address("::ffff:10.1.2.3").text == "ipv4:10.1.2.3:5")
    #expect(try address("2001:db8::1").host == address("2001:db8::ffff:1").host)
    #expect(try address("2001:db8::1").host != address("2001:db8:0:1::1").host)
    #expect(try address("10.0.0.1").host != address("10.0.0.2").host)
    #expect(try address("10.0.0.1").host == address("::ffff:10.0.0.1").host)
    #expect(try #require(SocketAddress(unix: "/x", isAbstract: false)).text == "unix:")
    #expect(try #require(SocketAddress(unix: "/x", isAbstract: false)).isLoopback)
  }
}
