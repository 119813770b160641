import Foundation
import GeneratedPeer
import LibCrypto
import RPC
import TestSupport
import Testing

@Suite("A server's port")
struct ExposureTests {
  @Test(
    "without TLS is refused on addresses that strangers reach",
    arguments: [
      "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.org:0", "dns:127.0.0.1:0",
    ])
  func plaintext(address: String) throws {
    let server = RPCServer(configuration: ServerConfiguration(address: address), methods: [])
    #expect(throws: ServerStartError.self) { try server.start() }
  }

  @Test("that is taken cannot be taken again")
  func taken() throws {
    let first = RPCServer(configuration: ServerConfiguration(address: "127.0.0.1:0"), methods: [])
    let port = try first.start()
    let second = RPCServer(
      configuration: ServerConfiguration(address: "127.0.0.1:\(port)"), methods: [])
    #expect(throws: ServerStartError.self) { try second.start() }
    first.beginShutdown()
  }

  @Test("may be a Unix socket")
  func unix() async throws {
    let path = "/tmp/rpc-\(UUID().uuidString.prefix(8)).sock"
    var router = RPCRouter()
    router.register(TestDirectory())
    let server = RPCServer(
      configuration: ServerConfiguration(address: "unix:\(path)"), methods: router.methods)
    #expect(try server.start() == 0)
    let directory = Peer_V1_Directory.Client(
      wrapping: RPCClient(configuration: ClientConfiguration(target: "unix:\(path)")))
    #expect(try await directory.getResident(.with { $0.residentID = "u" }).residentID == "u")
    await server.shutdown()
  }
}
