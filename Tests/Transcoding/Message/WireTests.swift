import TestSupport
import Testing

@testable import Transcoding

@Suite("Messages from wire bytes")
struct WireTests {
  private let contract = Contract.shared

  private func kind(_ wire: [UInt8], _ name: String = "Req") throws -> TranscodingError.Kind? {
    do {
      _ = try contract.print(wire, name)
      return nil
    } catch let error as TranscodingError {
      return error.kind
    }
  }

  @Test(
    "refuses malformed bytes",
    arguments: [
      [0x00], [0x02, 0x00], [0x07], [0x0e], [0x0f, 1], [0x0a], [0x0a, 5, 1], [0x18], [0x18, 0x80],
      [0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], [0x39, 1, 2],
      [0xff, 0xff, 0xff, 0xff, 0x1f, 0], [0x80, 0x00, 1], [0x80, 0x80, 0x80, 0x80, 0x80, 1],
      [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], [0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f],
      [0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], [0x5a, 3, 0x0a, 5, 1], [0x0b], [0x0c],
      [0x0b, 0x14], [0x0b, 0x0b, 0x0c], [0x6a, 1, 0x80], [0xfd, 1, 2],
    ])
  func malformed(_ wire: [UInt8]) throws {
    #expect(try kind(wire) == .corrupt)
  }

  @Test("refuses every truncation of a message or reads it as a shorter one")
  func truncations() throws {
    let text = """
      {"name":"n","i32":-1,"d":1.5,"sub":{"name":"a","sub":{"n":"5"}},"tags":["x","y"],\
      "colors":["RED","RED"],"labels":{"k":"v"},"ts":"2024-01-01T00:00:00Z","user":"u"}
      """
    let wire = try contract.message("Req").wire(fromJSON: Array(text.utf8))
    #expect(try contract.print(wire) == text)
    for length in 0..<wire.count {
      let result = try kind(Array(wire.prefix(length)))
      #expect(result == nil || result == .corrupt)
    }
  }

  @Test("survives bytes changed at random")
  func mutations() throws {
    let text = """
      {"f":1.5,"s32":-5,"numbers":["1","2"],"flags":[true,false],"blobs":["AAA="],\
      "byInt":{"1":{"name":"x"}},"structure":{"a":[1,{"b":null}]},"any":{"@type":\
      "x/test.v1.Sub","name":"y"},"oneSub":{"sub":{}},"times":["2024-01-01T00:00:00Z"]}
      """
    let wire = try contract.message("Wide").wire(fromJSON: Array(text.utf8))
    var generator = SplitMix(state: 42)
    for _ in 0..<20_000 {
      var mutated = wire
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<mutated.count, using: &generator)
        switch UInt8.random(in: 0..<3, using: &generator) {
        case 0: mutated[index] = .random(in: 0...255, using: &generator)
        case 1: mutated.remove(at: index)
        default: mutated.insert(.random(in: 0...255, using: &generator), at: index)
        }
      }
      let result = try kind(mutated, "Wide")
      #expect(result == nil || result == .corrupt)
    }
  }

  @Test("drops fields that the type does not know, groups too")
  func unknownFields() throws {
    let unknown: [[UInt8]] = [
      WireParts.field(500, 7), WireParts.field(501, "x"), [0xa1, 0x1f, 1, 2, 3, 4, 5, 6, 7, 8],
      [0xa5, 0x1f, 1, 2, 3, 4], [0xa3, 0x1f, 0x08, 1, 0x0b, 0x0c, 0xa4, 0x1f],
    ]
    for field in unknown {
      let wire = WireParts.field(1, "a") + field + WireParts.field(2, "b")
      #expect(try contract.print(wire) == "{\"name\":\"a\",\"id\":\"b\"}")
    }
  }

  @Test("takes a field with another wire type for an unknown one")
  func wireTypes() throws {
    #expect(
      try contract.print(WireParts.field(1, 5) + WireParts.field(2, "b")) == "{\"id\":\"b\"}")
    #expect(
      try contract.print(WireParts.field(3, "x") + WireParts.field(2, "b")) == "{\"id\":\"b\"}")
    #expect(
      try contract.print(WireParts.field(8, "x") + WireParts.field(2, "b")) == "{\"id\":\"b\"}")
    #expect(
      try contract.print(WireParts.field(11, 1) + WireParts.field(2, "b")) == "{\"id\":\"b\"}")
    #expect(try contract.print([0x0d, 1, 2, 3, 4] + WireParts.field(2, "b")) == "{\"id\":\"b\"}")
  }

  @Test("reads lists packed, not packed, and mixed")
  func packing() throws {
    let wire =
      WireParts.field(13, [1, 0]) + WireParts.field(13, 1) + WireParts.field(13, [])
      + WireParts.field(13, [77])
    #expect(
      try contract.print(wire) == "{\"colors\":[\"RED\",\"COLOR_UNSPECIFIED\",\"RED\",77]}")
    let wide =
      WireParts.field(10, [1, 0]) + WireParts.field(10, [0x80, 1]) + WireParts.field(10, 1)
    #expect(try contract.print(wide, "Wide") == "{\"flags\":[true,false,true,true]}")
  }

  @Test("merges a submessage that comes in pieces")
  func splitSubmessages() throws {
    let first = WireParts.field(1, "a") + WireParts.field(2, 5)
    let second = WireParts.field(2, 7) + WireParts.field(4, "e")
    let wire = WireParts.field(11, first) + WireParts.field(1, "n") + WireParts.field(11, second)
    #expect(
      try contract.print(wire)
        == "{\"name\":\"n\",\"sub\":{\"name\":\"a\",\"n\":\"7\",\"etag\":\"e\"}}")
    // Two levels down, and lists that grow.
    let deep =
      WireParts.field(11, WireParts.field(3, first))
      + WireParts.field(11, WireParts.field(3, second) + WireParts.field(1, "m"))
    #expect(
      try contract.print(deep)
        == "{\"sub\":{\"name\":\"m\",\"sub\":{\"name\":\"a\",\"n\":\"7\",\"etag\":\"e\"}}}")
  }

  @Test("merges pieces of messages that have oneofs and optional fields")
  func splitOneofs() throws {
    func nested(_ content: [UInt8]...) -> [UInt8] {
      content.flatMap { WireParts.field(29, $0) }
    }
    #expect(try contract.print(nested([], []), "Wide") == "{\"wide\":{}}")
    #expect(
      try contract.print(nested(WireParts.field(24, 5), WireParts.field(8, 1)), "Wide")
        == "{\"wide\":{\"numbers\":[\"1\"],\"oneNumber\":5}}")
    #expect(
      try contract.print(nested(WireParts.field(24, 5), WireParts.field(25, "a")), "Wide")
        == "{\"wide\":{\"oneBlob\":\"YQ==\"}}")
    #expect(
      try contract.print(nested(WireParts.field(8, 1), WireParts.field(8, [2, 3])), "Wide")
        == "{\"wide\":{\"numbers\":[\"1\",\"2\",\"3\"]}}")
  }

  @Test("lets the last member of a oneof count, and merges one that comes twice")
  func oneofPieces() throws {
    let sub = { (content: [UInt8]) in WireParts.field(23, content) }
    let number = WireParts.field(24, 9)
    let name = WireParts.field(1, "a")
    let etag = WireParts.field(4, "e")
    #expect(try contract.print(sub(name) + number, "Wide") == "{\"oneNumber\":9}")
    #expect(try contract.print(number + sub(name), "Wide") == "{\"oneSub\":{\"name\":\"a\"}}")
    #expect(
      try contract.print(sub(name) + sub(etag), "Wide")
        == "{\"oneSub\":{\"name\":\"a\",\"etag\":\"e\"}}")
    #expect(
      try contract.print(sub(name) + number + sub(etag), "Wide")
        == "{\"oneSub\":{\"etag\":\"e\"}}")
    #expect(try contract.print(sub(name) + sub(etag) + number, "Wide") == "{\"oneNumber\":9}")
  }

  @Test("lets the last entry of a key count, and fills what an entry lacks")
  func mapEntries() throws {
    func entry(_ key: String?, _ value: String?) -> [UInt8] {
      WireParts.field(
        15,
        (key.map { WireParts.field(1, $0) } ?? []) + (value.map { WireParts.field(2, $0) } ?? []))
    }
    #expect(
      try contract.print(entry("a", "1") + entry("b", "2") + entry("a", "3"))
        == "{\"labels\":{\"b\":\"2\",\"a\":\"3\"}}")
    #expect(try contract.print(entry(nil, nil)) == "{\"labels\":{\"\":\"\"}}")
    #expect(try contract.print(entry("k", nil)) == "{\"labels\":{\"k\":\"\"}}")
    let many = (0..<100).flatMap { entry("k\($0 % 10)", "\($0)") }
    #expect(try contract.print(many).hasSuffix("\"k9\":\"99\"}}"))
    #expect(try contract.print(WireParts.field(12, []), "Wide") == "{\"byInt\":{\"0\":{}}}")
    #expect(try contract.print(WireParts.field(13, []), "Wide") == "{\"byFlag\":{\"false\":0}}")
  }

  @Test("keeps NULs in text, a negative zero, and defaults that were sent")
  func smallThings() throws {
    #expect(try contract.roundTrip("{\"id\":\"a\\u0000b\"}") == "{\"id\":\"a\\u0000b\"}")
    #expect(try contract.print(WireParts.field(2, [0, 0x61])) == "{\"id\":\"\\u0000a\"}")
    #expect(try contract.print([0x39, 0, 0, 0, 0, 0, 0, 0, 0x80]) == "{\"d\":-0}")
    let wire = try contract.message("Req").wire(fromJSON: Array("{\"d\":-0.0}".utf8))
    #expect(wire == [0x39, 0, 0, 0, 0, 0, 0, 0, 0x80])
    #expect(try contract.print([0x39, 0, 0, 0, 0, 0, 0, 0, 0]) == "{}")
    #expect(try contract.print(WireParts.field(3, 0) + WireParts.field(1, "")) == "{}")
    #expect(try contract.print(WireParts.field(23, "")) == "{\"opt\":\"\"}")
  }

  @Test("refuses text that is not UTF-8, in values and in keys")
  func notUTF8() throws {
    #expect(try kind(WireParts.field(1, [0xc3])) == .corrupt)
    #expect(try kind(WireParts.field(12, [0x61, 0xff])) == .corrupt)
    #expect(try kind(WireParts.field(15, WireParts.field(1, [0xed, 0xa0, 0x80]))) == .corrupt)
  }

  @Test("refuses times, durations and values that JSON cannot write")
  func outOfRange() throws {
    #expect(try kind(WireParts.field(16, WireParts.field(1, 253_402_300_800))) == .corrupt)
    #expect(try kind(WireParts.field(16, WireParts.field(2, 1_000_000_000))) == .corrupt)
    #expect(try kind(WireParts.field(16, WireParts.field(2, .max))) == .corrupt)
    #expect(
      try kind(WireParts.field(17, WireParts.field(1, 1) + WireParts.field(2, .max))) == .corrupt)
    #expect(try kind(WireParts.field(17, WireParts.field(1, 315_576_000_001))) == .corrupt)
    #expect(try kind(WireParts.field(16, []), "Wide") == .corrupt)
    let infinity: [UInt8] = [0x11, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f]
    #expect(try kind(WireParts.field(16, infinity), "Wide") == .corrupt)
  }
}

/// A generator whose numbers are the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
