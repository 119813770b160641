import Foundation
import Logging
import MetricsDoor
import Telemetry
import TestSupport
import Testing

@Suite("The metrics door")
struct MetricsDoorTests {
  private func ask(
    _ method: String, _ path: String, accept: String? = nil
  ) async throws -> (head: String, body: String) {
    let registry = MetricRegistry()
    registry.counter("artel_x_total", "X.").increment()
    let door = MetricsDoor(
      host: "127.0.0.1", port: 0, registry: registry,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let port = try await door.start()
    let fields = accept.map { "Accept: \($0)\r\n" } ?? ""
    let answer = try Socket.exchange(
      port, "\(method) \(path) HTTP/1.1\r\nHost: a\r\n\(fields)Connection: close\r\n\r\n")
    await door.stop()
    let parts = answer.components(separatedBy: "\r\n\r\n")
    return (parts[0].lowercased(), parts.dropFirst().joined())
  }

  @Test("answers GET /metrics with the text format", .covers("A30", "B32", "C138", "E188"))
  func text() async throws {
    let (head, body) = try await ask("GET", "/metrics")
    #expect(head.hasPrefix("http/1.1 200"))
    #expect(head.contains("content-type: text/plain; version=0.0.4"))
    #expect(body.contains("# TYPE artel_x_total counter\nartel_x_total 1\n"))
  }

  @Test("answers with OpenMetrics to who takes it")
  func openMetrics() async throws {
    let (head, body) = try await ask(
      "GET", "/metrics?x=1", accept: "application/openmetrics-text; version=1.0.0")
    #expect(head.contains("content-type: application/openmetrics-text; version=1.0.0"))
    #expect(body.hasSuffix("# EOF\n"))
  }

  @Test("has nothing else, and takes nothing")
  func others() async throws {
    #expect(try await ask("GET", "/").head.hasPrefix("http/1.1 404"))
    #expect(try await ask("GET", "/v1/tenant").head.hasPrefix("http/1.1 404"))
    #expect(try await ask("POST", "/metrics").head.hasPrefix("http/1.1 405"))
    let head = try await ask("HEAD", "/metrics")
    #expect(head.head.hasPrefix("http/1.1 200") && head.body.isEmpty)
  }

  /// One request, by hand.
  private enum Socket {
    static func exchange(_ port: Int, _ request: String) throws -> String {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      let status = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard status == 0 else { throw POSIXError(.ECONNREFUSED) }
      let bytes = Array(request.utf8)
      guard write(descriptor, bytes, bytes.count) == bytes.count else { throw POSIXError(.EPIPE) }
      var answer: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4_096)
      while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
        answer += buffer[..<count]
      }
      return String(decoding: answer, as: UTF8.self)
    }
  }
}
