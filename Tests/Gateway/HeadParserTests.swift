import NIOCore
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: request heads")
struct HeadParserTests {
  /// What a head is read as, or how it is refused; nil where it has not come whole.
  private static func read(_ bytes: [UInt8], limit: Int = 4_096) -> String? {
    var parser = HeadParser(limit: limit)
    return step(&parser, bytes[...])
  }

  private static func step(_ parser: inout HeadParser, _ bytes: ArraySlice<UInt8>) -> String? {
    do throws(Failure) {
      let parsed: (head: RequestHead, length: Int)?
      do {
        parsed = try bytes.withUnsafeBytes { try parser.parse($0) }
      } catch let failure as Failure {
        throw failure
      } catch {
        return "unexpected: \(error)"
      }
      guard let (head, length) = parsed else { return nil }
      return
        "\(head.method.rawValue) \(head.uri) \(head.version) \(head.headers) \(head.framing) "
        + "\(head.isKeepAlive) \(length)"
    } catch {
      return "\(error.httpCode)"
    }
  }

  private static func read(_ text: String) -> String? { read(Array(text.utf8)) }

  private static let whole =
    "POST /a/b?c=%20 HTTP/1.1\r\nHost: example.org:80\r\nX-A:b\r\nX-Empty:\r\nx-c: \t d e\t \r\n"
    + "Content-Length: 12\r\nConnection: x, Keep-Alive\r\n\r\n"

  @Test("reads a head")
  func head() throws {
    var parser = HeadParser(limit: 4_096)
    let bytes = Array((Self.whole + "next").utf8)
    let parsed = try bytes.withUnsafeBytes { try parser.parse($0) }
    let (head, length) = try #require(parsed)
    #expect(length == Self.whole.utf8.count)
    #expect(head.method == .POST)
    #expect(head.uri == "/a/b?c=%20")
    #expect(head.version == .http1_1)
    #expect(head.framing == .length(12))
    #expect(head.isKeepAlive)
    #expect(
      head.headers.map(\.name) == ["host", "x-a", "x-empty", "x-c", "content-length", "connection"])
    #expect(head.headers.map(\.value) == ["example.org:80", "b", "", "d e", "12", "x, Keep-Alive"])
  }

  @Test(
    "takes what HTTP/1.1 allows",
    arguments: [
      "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
      "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
      "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost:\r\n\r\n",
      "GET / HTTP/1.1\r\nhOST: [::1]:8080\r\n\r\n",
      "GET / HTTP/1.7\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.0\r\n\r\n",
      "GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
      "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
      "M-SEARCH / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX-!#$%&'*+-.^_`|~9: \u{E9}\r\n\r\n",
      "GET /|{}^` HTTP/1.1\r\nHost: a_b.example\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 000000000000000005\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n",
    ])
  func allowed(text: String) {
    #expect(Self.read(text)?.contains("http1_") == true)
  }

  @Test(
    "refuses what it does not", .covers("S-F12"),
    arguments: [
      "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
      "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
      " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
      "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / a HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / http/1.1\r\nHost: a\r\n\r\n",
      "GET / HTTP/1,1\r\nHost: a\r\n\r\n",
      "GET / HTTP/11\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.\r\nHost: a\r\n\r\n",
      "GET / HTTP/a.1\r\nHost: a\r\n\r\n",
      "GET HTTP/1.1\r\nHost: a\r\n\r\n",
      "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /\u{7F} HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /\u{E9} HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\n X: b\r\n\r\n",
      "GET / HTTP/1.1\r\n X: b\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX\t: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX\u{E9}: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX: b\u{0}\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX: b\rY: c\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a:123456\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: :80\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: []\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: [::1]a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 2\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1234567890123456789\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked;a=b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
      "GET / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
    ])
  func refused(text: String) {
    #expect(Self.read(text) == "400")
  }

  @Test("knows how a connection goes on")
  func persistence() {
    func keeps(_ version: String, _ options: String) -> Bool {
      let lines = options.isEmpty ? "" : "Connection: \(options)\r\n"
      return Self.read("GET / HTTP/1.\(version)\r\nHost: a\r\n\(lines)\r\n")?.contains("true")
        == true
    }
    #expect(keeps("1", ""))
    #expect(keeps("1", "upgrade"))
    #expect(!keeps("1", "Close"))
    #expect(!keeps("1", "keep-alive , close"))
    #expect(!keeps("1", "a\r\nConnection: close"))
    #expect(!keeps("0", ""))
    #expect(keeps("0", "keep-alive"))
    #expect(!keeps("0", "keep-alive, close"))
    #expect(!keeps("0", "keep-aliver"))
  }

  @Test("refuses too much at once, and too much without an end", .covers("T86"))
  func limits() {
    let long = "GET /\(String(repeating: "a", count: 5_000)) HTTP/1.1\r\nHost: a\r\n\r\n"
    #expect(Self.read(long) == "414")
    #expect(Self.read("GET /\(String(repeating: "a", count: 5_000))") == "414")
    #expect(Self.read(String(repeating: "a", count: 4_097)) == "431")
    #expect(Self.read(String(repeating: "a", count: 4_096)) == nil)
    let many = "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: \r\n", count: 99)
    #expect(Self.read(many + "\r\n")?.contains("http1_1") == true)
    #expect(Self.read(many + "X: \r\n\r\n") == "431")
    let fits = "GET / HTTP/1.1\r\nHost: a\r\nX: "
    let padding = String(repeating: "a", count: 4_096 - fits.utf8.count - 4)
    #expect(Self.read("\(fits)\(padding)\r\n\r\n")?.contains("http1_1") == true)
    #expect(Self.read("\(fits)\(padding)a\r\n\r\n") == "431")
  }

  @Test("reads the same however the bytes are cut, and whatever they are", .covers("S-F12"))
  func cuts() {
    var random = SystemRandomNumberGenerator()
    let pieces: [[UInt8]] = [
      [13, 10], [10], [13], [32], [58], [9], [0], [0xE9], Array("Host: a\r\n".utf8),
      Array("Content-Length: 1\r\n".utf8), Array("Transfer-Encoding: chunked\r\n".utf8),
      Array(" HTTP/1.1\r\n".utf8), Array("GET ".utf8), Array("\r\n\r\n".utf8),
    ]
    for _ in 0..<5_000 {
      var bytes = Array(Self.whole.utf8)
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 3))
        default: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
        }
      }
      let whole = Self.read(bytes)
      var parser = HeadParser(limit: 4_096)
      var cut: String?
      var end = 0
      while cut == nil, end < bytes.count {
        end = min(bytes.count, end + Int.random(in: 1...40, using: &random))
        cut = Self.step(&parser, bytes[..<end])
      }
      #expect(cut == whole, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
