import NIOCore
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: the end of a body")
struct BodyDecoderTests {
  /// The body, and what is left behind it; or how it is refused; nil where it has not come whole.
  private static func read(
    _ framing: RequestHead.Framing, _ parts: [[UInt8]]
  ) -> String? {
    var decoder = BodyDecoder(framing)
    var input = ByteBuffer()
    var body: [UInt8] = []
    do throws(Failure) {
      for part in parts {
        input.writeBytes(part)
        while let event = try decoder.next(&input) {
          switch event {
          case .data(let data): body += data.readableBytesView
          case .end:
            let index = parts.firstIndex(of: part) ?? 0
            let rest = Array(input.readableBytesView) + parts[(index + 1)...].joined()
            return
              "\(String(decoding: body, as: UTF8.self))|\(String(decoding: rest, as: UTF8.self))"
          }
        }
      }
      return nil
    } catch {
      return "\(error.httpCode)"
    }
  }

  private static func chunks(_ text: String) -> String? { read(.chunked, [Array(text.utf8)]) }

  @Test("takes as many bytes as were announced")
  func length() {
    #expect(Self.read(.length(3), [Array("abcd".utf8)]) == "abc|d")
    #expect(Self.read(.length(0), [Array("abcd".utf8)]) == "|abcd")
    #expect(Self.read(.length(3), [Array("ab".utf8)]) == nil)
    #expect(Self.read(.length(3), [Array("ab".utf8), Array("cd".utf8)]) == "abc|d")
  }

  @Test("takes chunks, their extensions and trailers")
  func chunked() {
    #expect(Self.chunks("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET") == "abcde|GET")
    #expect(Self.chunks("A\r\n0123456789\r\n0\r\n\r\n") == "0123456789|")
    #expect(Self.chunks("0003;a=b;c=\"d\"\r\nabc\r\n0;x\r\nX-A: b\r\nX-B:\r\n\r\nG") == "abc|G")
    #expect(Self.chunks("3\r\nabc\r\n0\r\n") == nil)
    #expect(Self.chunks("3\r\nabc\r") == nil)
    #expect(Self.chunks("") == nil)
  }

  @Test(
    "refuses what may be read in two ways", .covers("S-F12"),
    arguments: [
      "g\r\n", "\r\n", " 3\r\nabc\r\n", "3 \r\nabc\r\n", "3 ;a\r\nabc\r\n", "+3\r\nabc\r\n",
      "0x3\r\nabc\r\n", "-1\r\n",
      "3\nabc\r\n0\r\n\r\n", "3\r\nabcd", "3\r\nabc\n", "3\r\nabcX", "3;\u{0}\r\nabc\r\n",
      "3;a\rb\r\nabc\r\n", "1000000000000000\r\n", "FFFFFFFFFFFFFFFFF\r\n",
      "0\r\nX : b\r\n\r\n", "0\r\n: b\r\n\r\n", "0\r\n b\r\n\r\n", "0\r\nX: b\u{0}\r\n\r\n",
      "0\r\nX\r\n\r\n",
      "0\r\nX: b\n\r\n", "0\r\n\n",
    ])
  func refused(text: String) {
    #expect(Self.chunks(text) == "400")
  }

  @Test("does not read extensions and trailers for ever", .covers("S-F12"))
  func overhead() {
    let long = String(repeating: "a", count: 9_000)
    #expect(Self.chunks("1;\(long)\r\na\r\n") == "400")
    #expect(Self.chunks("1;\(long)") == "400")
    #expect(Self.chunks("0\r\nX: \(long)\r\n\r\n") == "400")
    let line = "1;\(String(repeating: "b", count: 90))\r\na\r\n"
    #expect(Self.chunks(String(repeating: line, count: 80) + "0\r\n\r\n")?.hasPrefix("aaa") == true)
    #expect(Self.chunks(String(repeating: line, count: 100) + "0\r\n\r\n") == "400")
  }

  @Test("finds the same end however the bytes are cut")
  func cuts() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let size = Int.random(in: 1...40, using: &random)
        text += String(size, radix: 16) + [";e", "", ";a=b"][size % 3] + "\r\n"
        text += String(repeating: "x", count: size) + "\r\n"
      }
      text += "0\r\n" + ["", "T: u\r\n"][text.utf8.count % 2] + "\r\n"
      var bytes = Array(text.utf8)
      if Bool.random(using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
          in: 0...127, using: &random)
      }
      var parts: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = Array(rest.prefix(Int.random(in: 1...9, using: &random)))
        rest = rest.dropFirst(part.count)
        parts.append(part)
      }
      #expect(Self.cut(parts) == Self.cut([bytes]), "\(text)")
    }
  }

  /// As `read`, without what is left.
  private static func cut(_ parts: [[UInt8]]) -> String? {
    var decoder = BodyDecoder(.chunked)
    var input = ByteBuffer()
    var body: [UInt8] = []
    do throws(Failure) {
      for part in parts {
        input.writeBytes(part)
        while let event = try decoder.next(&input) {
          guard case .data(let data) = event else { return String(decoding: body, as: UTF8.self) }
          body += data.readableBytesView
        }
      }
      return nil
    } catch {
      return "\(error.httpCode)"
    }
  }
}
