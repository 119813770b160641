import Foundation
import LibCrypto
import TestSupport
import Testing

@testable import Redis

@Suite("The Redis client over TLS", .serialized)
struct RedisTLSTests {
  /// An authority's certificate, and a server's with its key, as files.
  private struct Identity {
    let folder: URL
    var roots: String { folder.appendingPathComponent("roots.pem").path }

    init(_ name: String) throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("redis-tls-\(UUID().uuidString.prefix(8))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let authority = try CertificateAuthority.make(commonName: "test", validity: .seconds(86_400))
      let key = try PrivateKey.makeP256()
      let leaf = try authority.issueServer(
        dnsNames: [name], commonName: name, publicKey: key.publicKey, validity: .seconds(86_400))
      for (file, text) in [
        ("roots", authority.certificate.pem), ("leaf", leaf.pem), ("key", try key.pem),
      ] { try Data(text.utf8).write(to: folder.appendingPathComponent("\(file).pem")) }
    }

    func arguments(_ port: Int) -> [String] {
      [
        "--tls-port", "\(port)", "--tls-cert-file", folder.appendingPathComponent("leaf.pem").path,
        "--tls-key-file", folder.appendingPathComponent("key.pem").path, "--tls-ca-cert-file",
        roots, "--tls-auth-clients", "no", "--bind", "127.0.0.1", "--requirepass", "good",
      ]
    }

    /// The system empties the folder, too.
    func remove() { try? FileManager.default.removeItem(at: folder) }
  }

  private func answer(
    _ port: Int, _ roots: String, password: String = "good"
  ) async -> Result<RedisValue, RedisError> {
    let client = RedisClient(
      RedisConfiguration(
        host: "localhost", port: port, password: password, trustRootsFile: roots,
        timeout: .seconds(5)))
    let result: Result<RedisValue, RedisError>
    do throws(RedisError) {
      result = .success(try await client.command([Array("PING".utf8)]))
    } catch {
      result = .failure(error)
    }
    await client.close()
    return result
  }

  @Test(
    "speaks with a server whose certificate is good for its name, and no other", .covers("S-F2"))
  func names() async throws {
    let (good, other) = (try Identity("localhost"), try Identity("redis.example"))
    defer { for identity in [good, other] { identity.remove() } }
    let port = try StrangeServer.freePort()
    try await RedisServer.with(good.arguments(port)) { _ in
      #expect(await answer(port, good.roots) == .success(.string(Array("PONG".utf8))))
      // Signed by nobody that is trusted.
      #expect(await answer(port, other.roots) == .failure(.tlsFailed))
      #expect(await answer(port, good.folder.path) == .failure(.tlsFailed))
      guard case .failure(.refused) = await answer(port, good.roots, password: "bad") else {
        Issue.record("a wrong password was taken")
        return
      }
    }
    try await RedisServer.with(other.arguments(port)) { _ in
      // Another's name.
      #expect(await answer(port, other.roots) == .failure(.tlsFailed))
    }
  }

  @Test(
    "ends with its time however slowly something comes", .covers("S-F3"), arguments: [true, false])
  func drips(isTLS: Bool) async throws {
    let identity = try Identity("localhost")
    defer { identity.remove() }
    // A record of 16 KiB, or a long string: each byte comes within the time that one read has.
    let server = try StrangeServer(
      begins: isTLS ? [0x16, 3, 3, 0x40, 0] : Array("$16384\r\n".utf8))
    defer { server.stop() }
    let client = RedisClient(
      RedisConfiguration(
        host: "127.0.0.1", port: server.port, trustRootsFile: isTLS ? identity.roots : nil))
    await #expect(throws: RedisError.self) {
      _ = try await client.command([Array("PING".utf8)])
    }
    await client.close()
    // At a byte every 20 ms a quarter of a second is a dozen: not all sixteen thousand.
    #expect(server.sent < 4000)
  }
}
