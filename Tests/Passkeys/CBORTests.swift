import PasskeyTestSupport
import Testing

@testable import Passkeys

@Suite("CBOR")
struct CBORTests {
  @Test("is read: numbers, bytes, texts, arrays, maps and the three words")
  func values() {
    #expect(CBOR([0x18, 0x64]) == .unsigned(100))
    #expect(CBOR([0x1b, 0, 0, 0, 1, 0, 0, 0, 0]) == .unsigned(1 << 32))
    #expect(CBOR([0x39, 0x01, 0x00]) == CBOR(-257))
    #expect(CBOR([0x42, 1, 2])?.bytes == [1, 2])
    #expect(CBOR([0x61, 0x61]) == .text("a"))
    #expect(CBOR([0x82, 0x01, 0xf6]) == .array([.unsigned(1), .null]))
    #expect(CBOR(CBORWriter.map([(CBORWriter.text("a"), [0xf5])])[...])?["a"] == .bool(true))
    #expect(CBOR([0xf4])?["a"] == nil)
    #expect(CBOR([0xf4])?.memberCount == nil)
  }

  @Test(
    "is refused where it is cut off, endless, tagged, a fraction, too deep or says a name twice")
  func faults() {
    for bytes: [UInt8] in [
      [], [0x18], [0x19, 1], [0x42, 1], [0x82, 1], [0xa1, 1], [0x1c], [0x5f, 0xff], [0x9f, 0xff],
      [0xbf, 0xff], [0xc1, 1], [0xf9, 0, 0], [0xf7], [0xff], [0x61, 0xff], [1, 1],
      [0xa2, 1, 1, 1, 2], [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0xbb, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [UInt8](repeating: 0x81, count: 100_000),
    ] {
      #expect(CBOR(bytes[...]) == nil)
    }
  }
}
