import Foundation
import NIOCore
import Testing

@testable import Gateway

@Suite("The REST door: base64 that arrives in pieces")
struct Base64ReaderTests {
  @Test("is the same bytes however it is cut, with padding behind each part")
  func pieces() {
    for count in 0..<9 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 97 &+ 251) }
      let text = Array(Data(bytes).base64EncodedString().utf8)
      for cut in 0...text.count {
        var reader = Base64Reader()
        var found: [UInt8] = []
        for piece in [text[..<cut], text[cut...], text[...]] {
          found += reader.read(ByteBuffer(bytes: piece))?.readableBytesView ?? ByteBufferView()
        }
        #expect(found == bytes + bytes)
        #expect(reader.isWhole)
      }
    }
  }

  @Test(
    "is refused where it is none",
    arguments: ["=AAA", "A=AA", "AA=A", "A===", "====", "AA\nA", "AA-A", "AA A", "AAA\u{e9}"])
  func faults(text: String) {
    var reader = Base64Reader()
    #expect(reader.read(ByteBuffer(string: text)) == nil)
  }

  @Test("is not whole within a group")
  func unfinished() {
    var reader = Base64Reader()
    #expect(reader.read(ByteBuffer(string: "AAA"))?.readableBytes == 0)
    #expect(!reader.isWhole)
  }
}
