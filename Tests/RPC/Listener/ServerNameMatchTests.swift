import TestSupport
import Testing

@testable import RPC

@Suite("The server that a header block names")
struct ServerNameMatchTests {
  /// What the guard says of a block under the name `a.test`, which is the same however it is cut.
  private func fault(
    _ block: [UInt8], under name: String? = "a.test",
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> HeaderBlockMeter.Fault? {
    func feed(by size: Int) -> HeaderBlockMeter.Fault? {
      var meter = HeaderBlockMeter(FrameLimits(headerListBytes: 16_384))
      meter.serverName = name.map { Array($0.utf8) }
      meter.begin()
      for start in stride(from: 0, to: block.count, by: size) {
        let piece = Array(block[start..<min(start + size, block.count)])
        if let fault = piece.withUnsafeBytes({ meter.take($0) }) { return fault }
      }
      return meter.end()
    }
    let whole = feed(by: max(1, block.count))
    for size in [1, 3] { #expect(feed(by: size) == whole, sourceLocation: sourceLocation) }
    return whole
  }

  private func literal(_ name: String, _ value: String) -> [UInt8] {
    [0, UInt8(name.utf8.count)] + Array(name.utf8) + [UInt8(value.utf8.count)] + Array(value.utf8)
  }

  @Test(
    "is the connection's, whatever the case, the port and the last dot", .covers("S-B12"),
    arguments: [
      ("a.test", true), ("A.TEST", true), ("a.test.", true), ("a.test:443", true),
      ("a.test.:443", true), ("a.test:", true), ("", true), ("b.test", false), ("a.tes", false),
      ("a.test.b", false), ("a.testb", false), ("a.test..", false), ("a.test:443b", false),
      ("x@a.test", false), ("a.test@b.test", false), ("[::1]", false), (" a.test", false),
    ])
  func names(value: String, isOurs: Bool) {
    let expected: HeaderBlockMeter.Fault? = isOurs ? nil : .misdirected
    for name in [":authority", "host", "Host"] {
      #expect(fault(literal(name, value)) == expected, "\(name)")
    }
    // By its number in the static table.
    #expect(fault([0x01, UInt8(value.utf8.count)] + Array(value.utf8)) == expected)
    #expect(fault([0x0f, 23, UInt8(value.utf8.count)] + Array(value.utf8)) == expected)
    // Another field says nothing, and without a name of TLS nothing is compared.
    for name in ["hos", "hosts", "authority", ":authorit", "x-host"] {
      #expect(fault(literal(name, value)) == nil, "\(name)")
    }
    #expect(fault(literal("host", value), under: nil) == nil)
  }

  @Test("is read in Huffman's code, and out of the dynamic table", .covers("S-B12"))
  func coded() {
    // "www.example.com" as a value, and then the whole field by its number.
    let value: [UInt8] = [
      0xf1, 0xe3, 0xc2, 0xe5, 0xf2, 0x3a, 0x6b, 0xa0, 0xab, 0x90, 0xf4, 0xff,
    ]
    let field = [0x41, 0x8c] + value
    #expect(fault(field + [0xbe], under: "www.example.com") == nil)
    #expect(fault(field, under: "www.example.net") == .misdirected)
    // ":authority" and "host" as coded names.
    let authority: [UInt8] = [0xb8, 0x3b, 0x53, 0x39, 0xec, 0x32, 0x7d, 0x7f]
    let host: [UInt8] = [0x9c, 0xe8, 0x4f]
    for name in [authority, host] {
      let field = [0, 0x80 | UInt8(name.count)] + name + [0x8c] + value
      #expect(fault(field, under: "www.example.com") == nil)
      #expect(fault(field, under: "a.test") == .misdirected)
    }
  }

  @Test(
    "Huffman's code is read as it was written (RFC 7541, Appendix C.6)",
    arguments: [
      (
        [
          0xd0, 0x7a, 0xbe, 0x94, 0x10, 0x54, 0xd4, 0x44, 0xa8, 0x20, 0x05, 0x95, 0x04, 0x0b, 0x81,
          0x66, 0xe0, 0x82, 0xa6, 0x2d, 0x1b, 0xff,
        ], "Mon, 21 Oct 2013 20:13:21 GMT"
      ),
      (
        [
          0x9d, 0x29, 0xad, 0x17, 0x18, 0x63, 0xc7, 0x8f, 0x0b, 0x97, 0xc8, 0xe9, 0xae, 0x82, 0xae,
          0x43, 0xd3,
        ], "https://www.example.com"
      ),
      ([0xff, 0xff, 0xff, 0xf3], "\n"), ([0xff, 0xc7], "\0"), ([0xff, 0xff, 0xff, 0xff], ""),
    ] as [([UInt8], String)])
  func huffman(bytes: [UInt8], text: String) {
    var length = HuffmanLength()
    var found: [UInt8] = []
    for byte in bytes { length.append(byte, telling: { found.append($0) }) }
    #expect(String(decoding: found, as: UTF8.self) == text)
  }
}
