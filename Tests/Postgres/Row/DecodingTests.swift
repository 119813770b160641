import Testing

@testable import Postgres

@Suite("Values from the wire")
struct DecodingTests {
  @Test("refuses bytes that do not fit their type")
  func malformed() {
    #expect(Decoding.int([0, 1], .int4) == nil)
    #expect(Decoding.bool([], .bool) == nil)
    #expect(Decoding.uuid([1, 2, 3], .uuid) == nil)
    #expect(Decoding.text([0xFF], .text) == nil)
    #expect(Decoding.text([2, 0x7B, 0x7D], .jsonb) == nil)
    #expect(Decoding.double([0, 0], .float8) == nil)
    #expect(Decoding.timestamp([0], .timestamptz) == nil)
    #expect(Decoding.bytes([1], .text) == nil)
  }

  @Test("reads negative numbers of each width")
  func negative() {
    #expect(Decoding.int([0xFF, 0xFE], .int2) == -2)
    #expect(Decoding.int([0xFF, 0xFF, 0xFF, 0xFE], .int4) == -2)
    #expect(Decoding.int([UInt8](repeating: 0xFF, count: 8)[...], .int8) == -1)
    #expect(Decoding.int([0xFF, 0xFF, 0xFF, 0xFF], .oid) == 4_294_967_295)
  }

  @Test("refuses arrays that are cut short, have more dimensions or lie about their length")
  func arrays() {
    let one: [UInt8] = [
      0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 97,
    ]
    #expect(Decoding.textArray(one[...], .textArray) == ["a"])
    for length in 0..<one.count {
      #expect(Decoding.textArray(one[..<length], .textArray) == nil)
    }
    var two = one
    two[3] = 2
    #expect(Decoding.textArray(two[...], .textArray) == nil)
    var long = one
    long[23] = 200
    #expect(Decoding.textArray(long[...], .textArray) == nil)
    var negative = one
    negative.replaceSubrange(12..<16, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(Decoding.textArray(negative[...], .textArray) == nil)
  }
}
