import GeneratedPeer
import RPC
import TestSupport
import Testing

@Suite("A certificate's files, at the gRPC port", .covers("S-B28"))
struct CertificateFileTests {
  private let house: LabAuthority
  private let client: LabIdentity

  init() throws {
    house = try LabAuthority("house")
    client = try house.client("one")
  }

  private func credentials(_ chain: String, _ key: String) -> ServerCredentials {
    ServerCredentials(
      certificateChainPEM: chain, privateKeyPEM: key, clientRootsPEM: house.rootPEM)
  }

  @Test("may have the newlines of Windows, text around their blocks and a key behind the key")
  func readable() async throws {
    let server = try house.server("a.test")
    let other = try house.server("a.test")
    let (chain, key) = (server.certificatePEM, server.keyPEM)
    for (chain, key) in [
      (chain.replacing("\n", with: "\r\n"), key.replacing("\n", with: "\r\n")),
      ("subject=a.test\n" + chain + "\n\n", "# the key\n" + key),
      (chain + house.rootPEM, key + other.keyPEM),
    ] {
      try await withTLSDoor(credentials(chain, key), serverRoot: house.rootPEM) { door in
        _ = try await door.call(client)
      }
    }
  }

  @Test("are refused at the start, and leave the old ones in a reload, wherever they are cut")
  func cut() async throws {
    let server = try house.server("a.test")
    let next = try house.server("a.test")
    let chain = next.certificatePEM + house.rootPEM
    let second = next.certificatePEM.utf8.count
    var broken: [(String, String)] = [
      // The wrong key first: no pair, whatever follows.
      (next.certificatePEM, server.keyPEM + next.keyPEM)
    ]
    for length in [1, 10, second / 2, second - 2] + [1, 4, 5, 16, 27, 200].map({ second + $0 }) {
      broken.append((String(chain.prefix(length)), next.keyPEM))
    }
    for length in [0, 1, 20, next.keyPEM.utf8.count / 2, next.keyPEM.utf8.count - 3] {
      broken.append((chain, String(next.keyPEM.prefix(length))))
    }
    let standing = credentials(server.certificatePEM, server.keyPEM)
    try await withTLSDoor(standing, serverRoot: house.rootPEM) { door in
      for (chain, key) in broken {
        #expect(throws: ServerCredentialsError.self, "\(chain.suffix(30))") {
          try standing.update(certificateChainPEM: chain, privateKeyPEM: key)
        }
        let configuration = ServerConfiguration(
          address: "127.0.0.1:0", security: .mutualTLS(credentials(chain, key)))
        let starting = RPCServer(configuration: configuration, methods: RPCRouter().methods)
        #expect(throws: (any Error).self) { try starting.start() }
        await starting.shutdown()
      }
      _ = try await door.call(client)
      try standing.update(certificateChainPEM: chain, privateKeyPEM: next.keyPEM)
      _ = try await door.call(client)
    }
  }
}
