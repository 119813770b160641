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
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // The system empties it, too.
    let certificate = folder.appending(path: "cert.pem").path
    let key = folder.appending(path: "key.pem").path
    let made = try run(
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost")
    try #require(made.status == 0)
    let tls = GatewayConfiguration.TLS(
      certificateChain: [UInt8](try Data(contentsOf: URL(filePath: certificate))),
      privateKey: [UInt8](try Data(contentsOf: URL(filePath: key))))
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

  private func run(_ arguments: String...) throws -> (status: Int32, output: String) {
    try run(arguments)
  }

  private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
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
