import Foundation
import Gateway
import RPC
import TestSupport
import Testing

/// With a client that is not ours.
@Suite("The REST door: TLS")
struct TLSTests {
  @Test("serves HTTPS, nothing below TLS 1.2, and only forward secrecy", .covers("S-B1"))
  func https() async throws {
    let lab = try Lab()
    defer { lab.remove() }
    let (tls, certificate) = (lab.tls, lab.certificate)
    try await Door.with(
      [],
      configure: {
        $0.tls = tls
        $0.headerTimeout = .milliseconds(50)
        $0.idleTimeout = .seconds(600)
      }
    ) { door throws in
      // What is no TLS yet has the time of a head, however much of it comes.
      for hello: [UInt8] in [[], [0x16, 3, 1], [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3]] {
        let client = try door.connect()
        client.send(hello)
        #expect(try client.isClosed())
      }
    }
    try await Door.with([Methods.echoResident], configure: { $0.tls = tls }) { door throws in
      let url = "https://localhost:\(door.port)/v1/complexes/c1/residents/r1"
      let base = ["curl", "--silent", "--ipv4", "--noproxy", "*", "--cacert", certificate]
      let good = try run(base + [url])
      #expect(good.status == 0)
      #expect(JSON(good.output).value("residentId") == "r1")
      // A body over the limit is answered before it is read, and the answer arrives.
      let refused = try run(
        base + [
          "--output", "/dev/null", "--write-out", "%{http_code}", "--header", "Expect:", "--data",
          String(repeating: "a", count: 100), url,
        ])
      #expect(refused.output == "405")
      // ALPN has both versions, and the caller chooses.
      for (option, version) in [("--http2", "2"), ("--http1.1", "1.1")] {
        let chosen = try run(
          base + [option, "--output", "/dev/null", "--write-out", "%{http_version}", url])
        #expect(chosen.output == version)
      }
      let misdirected = try run(
        base + [
          "--http2", "--header", "Host: other", "--output", "/dev/null", "--write-out",
          "%{http_code}", url,
        ])
      #expect(misdirected.output == "421")
      let old = try run(base + ["--tls-max", "1.1", "--ciphers", "DEFAULT:@SECLEVEL=0", url])
      #expect(old.status != 0)
      let weak = try run(
        base + ["--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES128-SHA256:AES128-SHA", url])
      #expect(weak.status != 0)
      let plain = try run([
        "curl", "--silent", "--ipv4", "--noproxy", "*", "http://localhost:\(door.port)/healthz",
      ])
      #expect(plain.status != 0)
    }
  }

  @Test(
    "gives an address that is denied no handshake, unless it is a proxy's that speaks for others",
    .covers("A15"))
  func denied() async throws {
    let lab = try Lab()
    defer { lab.remove() }
    for (isShared, isServed) in [(false, false), (true, true)] {
      try await Door.with(
        [Methods.echoResident],
        configure: {
          $0.tls = lab.tls
          $0.deniesAddress = { $0 == "127.0.0.1" }
          $0.isShared = { _ in isShared }
        }
      ) { door throws in
        let answer = try run([
          "curl", "--silent", "--ipv4", "--noproxy", "*", "--cacert", lab.certificate,
          "https://localhost:\(door.port)/v1/complexes/c1/residents/r1",
        ])
        #expect((answer.status == 0) == isServed)
        let seen = door.gateway.statistics
        #expect((seen.denied, seen.refused, seen.failedHandshakes) == (isServed ? 0 : 1, 0, 0))
      }
    }
  }

  @Test("answers an address that is denied where there is no handshake", .covers("A15"))
  func deniedInTheClear() async throws {
    try await Door.with(
      [Methods.echoResident], configure: { $0.deniesAddress = { _ in true } }
    ) { door throws in
      #expect(try door.exchange("GET", "/healthz").status == 200)
      #expect(door.gateway.statistics.denied == 0)
    }
  }

  @Test("refuses a request for another host than TLS was made for with 421")
  func misdirected() async throws {
    let lab = try Lab()
    defer { lab.remove() }
    let certificate = lab.certificate
    try await Door.with([Methods.echoResident], configure: { $0.tls = lab.tls }) { door throws in
      let url = "https://localhost:\(door.port)/v1/complexes/c1/residents/r1"
      func ask(_ host: String) throws -> Response {
        let answer = try run([
          "curl", "--silent", "--http1.1", "--ipv4", "--noproxy", "*", "--cacert", certificate,
          "--include", "--header", "Host: \(host)", url,
        ])
        let parts = answer.output.components(separatedBy: "\r\n\r\n")
        var response = Response(parts[0].components(separatedBy: "\r\n"))
        response.body = Array(parts.dropFirst().joined().utf8)
        return response
      }
      #expect(try ask("LOCALHOST:\(door.port)").status == 200)
      for host in ["other.example", "localhost.evil.example", "localhos", "[::1]", ""] {
        let response = try ask(host)
        #expect(response.statusLine == "HTTP/1.1 421 Misdirected Request", "\(host)")
        #expect(response["connection"] == "close")
        #expect(response.detail("ErrorInfo", "reason") == "MISDIRECTED_REQUEST")
      }
    }
  }

  @Test(
    "takes files with the newlines of Windows or a key behind the key, and none that are cut",
    .covers("S-B28"))
  func files() async throws {
    let (lab, other) = (try Lab(), try Lab())
    defer {
      lab.remove()
      other.remove()
    }
    let (chain, key) = (lab.tls.certificateChain, lab.tls.privateKey)
    func windows(_ pem: [UInt8]) -> [UInt8] {
      Array(String(decoding: pem, as: UTF8.self).replacing("\n", with: "\r\n").utf8)
    }
    let good: [GatewayConfiguration.TLS] = [
      .init(certificateChain: windows(chain), privateKey: windows(key)),
      .init(certificateChain: chain, privateKey: key + other.tls.privateKey),
      .init(certificateChain: chain + other.tls.certificateChain, privateKey: key),
    ]
    var bad = [
      GatewayConfiguration.TLS(certificateChain: chain, privateKey: other.tls.privateKey + key)
    ]
    let both = chain + other.tls.certificateChain
    for length in [0, 1, chain.count / 2, chain.count - 2, chain.count + 1, chain.count + 16] {
      bad.append(.init(certificateChain: Array(both.prefix(length)), privateKey: key))
    }
    for length in [0, 1, key.count / 2, key.count - 3] {
      bad.append(.init(certificateChain: chain, privateKey: Array(key.prefix(length))))
    }
    let broken = bad
    for tls in broken {
      await #expect(throws: (any Error).self) {
        try await Door.with([Methods.echoResident], configure: { $0.tls = tls }) { _ in }
      }
    }
    let certificate = lab.certificate
    for tls in good {
      try await Door.with([Methods.echoResident], configure: { $0.tls = tls }) { door throws in
        for tls in broken {
          #expect(throws: GatewayError.self) { try door.gateway.update(tls: tls) }
        }
        let answer = try run([
          "curl", "--silent", "--ipv4", "--noproxy", "*", "--cacert", certificate,
          "https://localhost:\(door.port)/v1/complexes/c1/residents/r1",
        ])
        #expect(answer.status == 0)
      }
    }
  }

  /// A certificate of this machine, in a folder of its own.
  private struct Lab {
    let folder: URL
    let tls: GatewayConfiguration.TLS
    var certificate: String { folder.appending(path: "cert.pem").path }

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let certificate = folder.appending(path: "cert.pem")
      let key = folder.appending(path: "key.pem")
      let made = try TLSTests.run([
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
        "-nodes", "-keyout", key.path, "-out", certificate.path, "-days", "2", "-subj",
        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
      ])
      try #require(made.status == 0)
      tls = GatewayConfiguration.TLS(
        certificateChain: [UInt8](try Data(contentsOf: certificate)),
        privateKey: [UInt8](try Data(contentsOf: key)))
    }

    /// The system empties the folder, too.
    func remove() { try? FileManager.default.removeItem(at: folder) }
  }

  private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    try Self.run(arguments)
  }

  fileprivate static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
