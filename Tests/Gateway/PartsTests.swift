import NIOCore
import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: parts")
struct PartsTests {
  @Test("writes dates as RFC 9110 has them")
  func dates() {
    func line(_ second: Int) -> String { String(decoding: HTTPDate.line(second), as: UTF8.self) }
    #expect(line(0) == "date: Thu, 01 Jan 1970 00:00:00 GMT\r\n")
    #expect(line(784_111_777) == "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n")
    #expect(line(951_782_400) == "date: Tue, 29 Feb 2000 00:00:00 GMT\r\n")
    #expect(line(4_107_542_399) == "date: Sun, 28 Feb 2100 23:59:59 GMT\r\n")
    #expect(line(1_798_761_599) == "date: Thu, 31 Dec 2026 23:59:59 GMT\r\n")
  }

  @Test("picks a stream's format by quality, then by order")
  func streamFormat() {
    #expect(MediaType.stream("text/event-stream;q=0.5, application/json;q=0.9") == .array)
    #expect(MediaType.stream("application/json, text/event-stream") == .array)
    #expect(MediaType.stream("text/event-stream, application/json") == .events)
    #expect(MediaType.stream("application/*") == .lines)
    #expect(MediaType.stream("text/*") == .events)
    #expect(MediaType.stream("*/*, application/x-ndjson;q=0") == .array)
    #expect(MediaType.stream("text/html") == nil)
    #expect(MediaType.stream("") == .lines)
    #expect(MediaType.stream("text/event-stream;q=2") == nil)
  }

  @Test("writes chunks with their size, and no empty one")
  func chunks() {
    for size in [1, 9, 10, 15, 16, 255, 256, 70_000] {
      var buffer = ByteBuffer()
      buffer.writeChunk { $0.writeRepeatingByte(0x61, count: size) }
      let text = String(buffer: buffer)
      #expect(Int(text.prefix { $0 != "\r\n" }, radix: 16) == size)
      #expect(text.utf8.count == 10 + size + 2)
    }
    var buffer = ByteBuffer()
    buffer.writeChunk { _ in }
    #expect(buffer.readableBytes == 0)
  }

  @Test("writes decimal numbers", arguments: [0, 1, 9, 10, 99, 100, 4_194_304])
  func decimals(number: Int) {
    var buffer = ByteBuffer()
    buffer.writeDecimal(number)
    #expect(String(buffer: buffer) == "\(number)")
  }

  @Test("reads a string field of a message on the wire")
  func wireField() {
    let field = StringField(number: 3)
    func value(_ bytes: [UInt8]) -> String? { bytes.withUnsafeBytes { field.value(in: $0) } }
    // Varint, 64-bit, another string, 32-bit, then field 3 twice: the last counts.
    let before: [UInt8] =
      [0x08, 0x96, 0x01] + [0x11, 0, 0, 0, 0, 0, 0, 0, 0] + [0x2A, 1, 0x78] + [0x35, 0, 0, 0, 0]
    #expect(value(before) == nil)
    #expect(value(before + [0x1A, 1, 0x61, 0x1A, 2, 0x62, 0x63]) == "bc")
    #expect(value([0x1A, 0]) == nil)
    #expect(value([0x1A, 5, 0x61]) == nil)
    #expect(value([0x1B, 0x1A, 1, 0x61]) == nil)
    #expect(value([0x80]) == nil)
    #expect(value([0x11, 0, 0]) == nil)
    var wire = before
    let long = String(repeating: "x", count: 300)
    field.append(long, to: &wire)
    #expect(value(wire) == long)
  }

  @Test("knows every status that it sends", .covers("T69"))
  func statusLines() {
    func line(_ code: Int) -> String {
      var buffer = ByteBuffer()
      HTTPStatus.write(code, to: &buffer)
      return String(buffer: buffer)
    }
    for code in Status.Code.allCases {
      let status = HTTPStatus.code(for: code)
      #expect(line(status).hasPrefix("HTTP/1.1 \(status) "))
      #expect(line(status).utf8.count > 15)
    }
    for own in StatusTable.own { #expect(!"\(HTTPStatus.phrase(own.httpCode))".isEmpty) }
    #expect(line(200) == "HTTP/1.1 200 OK\r\n")
    #expect(line(412) == "HTTP/1.1 412 Precondition Failed\r\n")
    // A contract may have one that nobody has named.
    #expect(line(477) == "HTTP/1.1 477 \r\n")
  }

  @Test("reads timeouts", .covers("T65"))
  func timeouts() {
    #expect(RequestTimeout.grpc("100m") == .milliseconds(100))
    #expect(RequestTimeout.grpc("99999999H") == .seconds(99_999_999 * 3_600))
    #expect(RequestTimeout.grpc("7u") == .microseconds(7))
    #expect(RequestTimeout.grpc("7n") == .nanoseconds(7))
    #expect(RequestTimeout.grpc("m") == nil)
    #expect(RequestTimeout.server("1.05") == .milliseconds(1_050))
    #expect(RequestTimeout.server("0") == .zero)
    #expect(RequestTimeout.server(".5") == nil)
    #expect(RequestTimeout.server("5.") == nil)
  }

  @Test("finds an access token in a query however it is written", .covers("S-A16"))
  func accessToken() {
    #expect(RequestTarget("/a?access_token=1")?.hasAccessToken == true)
    #expect(RequestTarget("/a?b=c&%61ccess_token")?.hasAccessToken == true)
    #expect(RequestTarget("/a?b=access_token")?.hasAccessToken == false)
    #expect(RequestTarget("/a?access_tokens=1")?.hasAccessToken == false)
    #expect(RequestTarget("/access_token=1")?.hasAccessToken == false)
    #expect(RequestTarget("/a?access_token%zz=1")?.hasAccessToken == false)
    #expect(RequestTarget("ftp://a/b") == nil)
    #expect(RequestTarget("/a")?.authority == nil)
    #expect(RequestTarget("http://a:80/b?c")?.authority == "a:80")
    #expect(RequestTarget("http://user@a/b") == nil)
    #expect(RequestTarget("http://[zz]/b") == nil)
  }
}
