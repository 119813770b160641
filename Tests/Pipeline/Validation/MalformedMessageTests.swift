import Pipeline
import TestSupport
import Testing

@Suite("Broken and hostile messages", .covers("S-F14"))
struct MalformedMessageTests {
  private static var contract: Contract {
    var contract = Contract()
    contract.add(
      "M",
      [
        Contract.field("text", 1, .string) { $0.maxLength = 5 },
        Contract.field("number", 2, .sint64) { $0.maximum = 5 },
        Contract.field("child", 3, .message, of: "M"),
        Contract.field("children", 4, .message, of: "M", repeated: true) { $0.maxItems = 3 },
        Contract.field("map", 5, .message, of: "M.E", repeated: true),
        Contract.field("packed", 6, .fixed32, repeated: true) { $0.minimum = 1 },
        Contract.field("a", 7, .message, of: "M", oneof: 0),
        Contract.field("b", 8, .string, oneof: 0) { $0.format = .httpsUri },
      ], oneofs: ["o"],
      maps: [
        Contract.entry(
          "E", key: Contract.field("key", 1, .string),
          value: Contract.field("value", 2, .message, of: "M"))
      ])
    return contract
  }

  @Test(
    "refuses what is not the wire format",
    arguments: [
      [0x0a], [0x0a, 0x05, 0x61], [0x10], [0x10, 0x80], [0x80], [0x00], [0x02, 0x00], [0x0e],
      [0x0f], [0x0c], [0x12, 0x01], [0x32, 0x03, 1, 2, 3], [0x35, 1, 2, 3],
      // Eleven bytes of a number; a tag beyond 32 bits.
      [0x10] + [UInt8](repeating: 0x80, count: 10) + [0x01],
      [0x80, 0x80, 0x80, 0x80, 0x10, 0x00],
      // Lengths beyond the end, up to the largest.
      [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
      [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
      // Broken inside a submessage, an element, a map entry, its value, a merged part.
      [0x1a, 0x01, 0x0a], [0x22, 0x01, 0x0a], [0x2a, 0x01, 0x0a], [0x2a, 0x03, 0x12, 0x01, 0x0a],
      [0x1a, 0x00, 0x1a, 0x01, 0x80],
      // Unknown fields: cut off, groups that do not end, end twice or end as another.
      [0x7a, 0x05], [0x7b], [0x7b, 0x08], [0x7c], [0x7b, 0x7c, 0x7c], [0x7b, 0x84, 0x01],
    ] as [[UInt8]])
  func broken(_ bytes: [UInt8]) throws {
    #expect(try Self.contract.check(bytes) == .malformed)
  }

  @Test("passes over unknown fields of every wire type")
  func unknown() throws {
    let unknown =
      Wire.number(15, 5 as UInt64) + Wire.fixed64(15, 1) + Wire.fixed32(15, 1)
      + Wire.string(15, "\u{0}") + [0x7b, 0x08, 0x01, 0x83, 0x01, 0x84, 0x01, 0x7c]
      + Wire.number(536_870_911, 1 as UInt64)
    #expect(try Self.contract.check(unknown) == .valid)
    #expect(
      try Self.contract.check(unknown + Wire.string(1, "abcdef") + unknown)
        == .violations(["text has more than 5 characters"]))
  }

  @Test("accepts tags and numbers in more bytes than they need, as decoders do")
  func longForms() throws {
    #expect(
      try Self.contract.check([0x90, 0x80, 0x00, 0x8c, 0x80, 0x00])
        == .violations(["number is greater than 5"]))
  }

  @Test("accepts 100 levels and refuses 101", arguments: [3, 4, 7])
  func depth(_ field: Int) throws {
    var bytes: [UInt8] = []
    for _ in 1..<100 { bytes = Wire.bytes(field, bytes) }
    #expect(try Self.contract.check(bytes) == .valid)
    #expect(try Self.contract.check(Wire.bytes(field, bytes)) == .malformed)
  }

  @Test("refuses a hundred thousand levels, of groups as well")
  func extremeDepth() throws {
    let groups = [UInt8](repeating: 0x7b, count: 100_000)
    #expect(try Self.contract.check(groups) == .malformed)
    var sizes = [0]
    for _ in 0..<100_000 {
      let inner = sizes[sizes.count - 1]
      sizes.append(inner + 1 + Wire.varint(UInt64(inner)).count)
    }
    var bytes: [UInt8] = []
    for size in sizes.dropLast().reversed() { bytes += [0x1a] + Wire.varint(UInt64(size)) }
    #expect(try Self.contract.check(bytes) == .malformed)
  }

  @Test("takes a hundred thousand parts of one submessage")
  func manyParts() throws {
    let parts = (0..<100_000).flatMap { _ in [0x1a, 0x00] as [UInt8] }
    #expect(try Self.contract.check(parts) == .valid)
  }

  @Test("ends with a verdict on any bytes")
  func randomBytes() throws {
    var generator = SplitMix64(state: 0x5eed_a11_0f_a)
    let validator = try #require(try Self.contract.validator())
    var verdicts: [Bool] = []
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...40, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      verdicts.append(validator.verdict(bytes) == .malformed)
    }
    #expect(verdicts.contains(true) && verdicts.contains(false))
  }

  @Test("ends with a verdict on any message with changed, missing and doubled bytes")
  func changedMessages() throws {
    var generator = SplitMix64(state: 0xa17e_1)
    let validator = try #require(try Self.contract.validator())
    let entry = Wire.string(1, "key") + Wire.bytes(2, Wire.string(1, "x") + Wire.bytes(3, []))
    let seed =
      Wire.string(1, "héé") + Wire.number(2, 9 as UInt64) + Wire.bytes(3, Wire.string(1, "abc"))
      + Wire.bytes(4, Wire.bytes(4, Wire.number(2, 99 as UInt64))) + Wire.bytes(5, entry)
      + Wire.bytes(6, [1, 0, 0, 0, 0, 0, 0, 0]) + Wire.bytes(7, Wire.string(8, "https://a"))
    #expect(validator.verdict(seed) != .malformed)
    for _ in 0..<20_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(bytes[index], at: index)
        }
      }
      _ = validator.verdict(bytes)
    }
  }
}

/// Sebastiano Vigna's generator: small, and the same numbers on every machine.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
