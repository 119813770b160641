import Testing

@testable import LibCrypto

@Suite("UUIDs of version 7")
struct UUIDv7Tests {
  @Test("writes the example of RFC 9562 appendix A.6")
  func example() {
    // 2022-02-22T19:22:22Z; rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    let text = UUIDv7.make(
      instant: 0x017F_22E2_79B0_CC3, random: [0x98, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F])
    #expect(text == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
  }

  @Test("sets version and variant whatever the random bits are")
  func bits() {
    for byte in [UInt8(0x00), 0xff] {
      let text = UUIDv7.make(instant: .max >> 4, random: [UInt8](repeating: byte, count: 8))
      let characters = Array(text)
      #expect(characters[14] == "7")
      #expect("89ab".contains(characters[19]))
      #expect(characters.count == 36 && text == text.lowercased())
    }
  }

  @Test("makes identifiers in their order, from many tasks at once")
  func order() async {
    let made = (0..<10_000).map { _ in UUIDv7.make() }
    #expect(made == made.sorted())
    let all = await withTaskGroup { group in
      for _ in 0..<4 { group.addTask { (0..<2_000).map { _ in UUIDv7.make() } } }
      return await group.reduce(into: Set<String>()) { $0.formUnion($1) }
    }
    #expect(all.count == 8_000)
    #expect(all.allSatisfy { $0 > made[9_999] })
  }

  @Test("gives as many random bytes as asked for")
  func random() {
    #expect(Random.bytes(0) == [])
    #expect(Random.bytes(33).count == 33)
    #expect(Random.bytes(32) != Random.bytes(32))
  }
}
