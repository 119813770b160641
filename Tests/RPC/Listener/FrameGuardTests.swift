import TestSupport
import Testing

@testable import RPC

@Suite("The guard before the core's HTTP/2")
struct FrameGuardTests {
  private let start = ContinuousClock.now

  private func limits(_ listBytes: Int = 16_384) -> FrameLimits {
    FrameLimits(headerListBytes: listBytes)
  }

  private func frame(_ type: UInt8, _ flags: UInt8 = 0, _ payload: [UInt8] = []) -> [UInt8] {
    let count = payload.count
    return [UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255), type, flags]
      + [0, 0, 0, 1] + payload
  }

  private func headers(_ block: [UInt8], flags: UInt8 = 4) -> [UInt8] { frame(1, flags, block) }

  /// The guard's verdict, which is the same however the bytes are cut.
  private func verdict(
    _ bytes: [UInt8], _ limits: FrameLimits? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> FrameGuard.Abuse? {
    func feed(by size: Int) -> FrameGuard.Abuse? {
      var frames = FrameGuard(limits ?? self.limits())
      var at = 0
      while at < bytes.count {
        let end = min(at + size, bytes.count)
        var piece = Array(bytes[at..<end])
        let abuse = piece.withUnsafeMutableBytes { frames.inspect($0, now: { start }) }
        if let abuse { return abuse }
        at = end
      }
      return nil
    }
    let whole = feed(by: max(1, bytes.count))
    for size in [1, 2, 7, 64] where bytes.count < 200_000 || size == 64 {
      #expect(feed(by: size) == whole, "in pieces of \(size)", sourceLocation: sourceLocation)
    }
    return whole
  }

  @Test("lets calls pass")
  func calls() {
    // ":method: POST", ":scheme: https", ":path: /a" with a name index, "x: y" as a new name.
    let block: [UInt8] = [0x83, 0x87, 0x44, 2, 0x2f, 0x61, 0x40, 1, 0x78, 1, 0x79, 0xbe]
    let data = frame(0, 1, [UInt8](repeating: 1, count: 100_000))
    let rest =
      frame(4) + frame(4, 1) + frame(6, 0, [UInt8](repeating: 0, count: 8))
      + frame(8, 0, [0, 0, 1, 0]) + frame(3, 0, [0, 0, 0, 8])
    #expect(verdict(headers(block) + data + rest + headers(block)) == nil)
    // With a priority, and continued.
    #expect(verdict(headers([0, 0, 0, 0, 16] + block, flags: 4 | 32)) == nil)
    let cut =
      headers(Array(block[..<5]), flags: 0) + frame(9, 0, Array(block[5..<6]))
      + frame(9, 4, Array(block[6...]))
    #expect(verdict(cut + data) == nil)
  }

  @Test("ends header lists above the limit, however they are written")
  func lists() {
    func literal(_ name: Int, _ value: Int, adds: Bool = false) -> [UInt8] {
      func string(_ count: Int) -> [UInt8] {
        precondition(count >= 127 && count < 127 + 128 * 128)
        return [0x7f, UInt8((count - 127) & 127) | 128, UInt8((count - 127) >> 7)]
          + [UInt8](repeating: 0x61, count: count)
      }
      return [adds ? 0x40 : 0] + string(name) + string(value)
    }
    // Exactly the limit, and one more.
    #expect(verdict(headers(literal(200, 768)), limits(1000)) == nil)
    #expect(verdict(headers(literal(200, 769)), limits(1000)) == .headers(.tooLong))
    // Two that fit alone.
    #expect(verdict(headers(literal(200, 300) + literal(200, 236)), limits(1000)) == nil)
    #expect(
      verdict(headers(literal(200, 300) + literal(200, 300)), limits(1000)) == .headers(.tooLong))
    // One in the table, spoken of again and again by a byte each.
    let once = literal(200, 700, adds: true)
    #expect(verdict(headers(once + [UInt8](repeating: 0xbe, count: 16))) == nil)
    #expect(
      verdict(headers(once + [UInt8](repeating: 0xbe, count: 17))) == .headers(.tooLong))
    #expect(
      verdict(headers(once) + headers([UInt8](repeating: 0xbe, count: 18))) == .headers(.tooLong))
    // A string that only says that it is long: refused before it comes.
    #expect(verdict(headers([0, 0x7f, 0xff, 0xff, 0x7f])) == .headers(.tooLong))
    #expect(verdict(headers([0, 0xff, 0xff, 0xff, 0x7f])) == .headers(.tooLong))
    // Huffman: a bit-packed string of 5 bits each is longer than it looks.
    let packed = [UInt8](repeating: 0, count: 625)  // A thousand times "0".
    #expect(verdict(headers([0, 1, 0x78, 0xff, 0xf2, 3] + packed), limits(1033)) == nil)
    #expect(
      verdict(headers([0, 1, 0x78, 0xff, 0xf2, 3] + packed), limits(1032)) == .headers(.tooLong))
  }

  @Test(
    "ends what is no HPACK",
    arguments: [
      [0x80],  // Index 0.
      [0xbe],  // Nothing is in the dynamic table.
      [0x7f, 0x00],  // A name that is not there.
      [0x3f, 0xe2, 0x1f],  // A table of 4097 bytes.
      [0x20, 0x20, 0x20],  // Three sizes of the table.
      [0x82, 0x20],  // A table's size behind a field.
      [0x40, 1, 0x78],  // The end in a field.
      [0xff, 0xff, 0xff, 0xff, 0xff, 0x00],  // An integer without end.
    ] as [[UInt8]])
  func malformed(block: [UInt8]) {
    #expect(verdict(headers(block)) == .headers(.malformed))
  }

  @Test("ends padded frames, whose padding the core takes for headers or refuses")
  func padding() {
    #expect(verdict(headers([3, 0x82, 0, 0, 0], flags: 4 | 8)) == .padding(type: 1))
    #expect(verdict(headers([0x82]) + frame(0, 8, [1, 7, 0])) == .padding(type: 0))
  }

  @Test("ends clients that open windows for nothing")
  func windows() {
    var few = limits()
    few.windowUpdates = .init(burst: 3, perSecond: 1)
    let update = frame(8, 0, [0, 0, 1, 0])
    #expect(verdict(update + update + update, few) == nil)
    #expect(verdict(update + update + update + update, few) == .flood(type: 8))
  }

  @Test("ends clients that write to TLS itself behind the handshake")
  func lateMessages() {
    var frames = FrameGuard(limits())
    #expect(frames.countLateMessages(16, now: { start }) == nil)
    #expect(frames.countLateMessages(1, now: { start + .seconds(2) }) == nil)
    #expect(frames.countLateMessages(2, now: { start + .seconds(2) }) == .lateMessages)
  }

  @Test("ends header blocks in too many pieces, and pieces of none")
  func pieces() {
    let piece = frame(9, 0, [0x82])
    let begun = headers([0x83], flags: 0)
    #expect(verdict(begun + Array(repeatElement(piece, count: 16).joined())) == nil)
    #expect(verdict(begun + Array(repeatElement(piece, count: 17).joined())) == .continuations)
    #expect(verdict(piece) == .sequence)
    #expect(verdict(begun + frame(0, 1)) == .sequence)
    #expect(verdict(begun + headers([0x82])) == .sequence)
    #expect(verdict(headers([0x83]) + piece) == .sequence)
  }

  @Test("ends frames whose size is wrong")
  func sizes() {
    for (type, count) in [(3, 3), (3, 5), (6, 7), (4, 5), (4, 390), (8, 3), (2, 4), (7, 16_385)]
      as [(UInt8, Int)]
    {
      #expect(
        verdict(frame(type, 0, [UInt8](repeating: 0, count: count))) == .frameSize(type: type))
    }
    #expect(verdict(frame(200, 0, [UInt8](repeating: 0, count: 16_384))) == nil)
    #expect(
      verdict(frame(200, 0, [UInt8](repeating: 0, count: 16_385))) == .frameSize(type: 200))
    #expect(verdict(headers([0, 0, 0], flags: 4 | 32)) == .frameSize(type: 1), "priority")
  }

  @Test(
    "ends floods",
    arguments: [
      ("resets", 3, 0, 4, 200), ("pings", 6, 0, 8, 500), ("answers to pings", 6, 1, 8, 200),
      ("settings", 4, 0, 0, 50), ("empty data", 0, 0, 0, 200), ("priorities", 2, 0, 5, 200),
      ("goodbyes", 7, 0, 8, 200), ("unknown frames", 77, 0, 3, 200),
    ] as [(String, UInt8, UInt8, Int, Int)])
  func floods(name: String, type: UInt8, flags: UInt8, length: Int, burst: Int) {
    let one = frame(type, flags, [UInt8](repeating: 8, count: length))
    #expect(verdict(Array(repeatElement(one, count: burst).joined())) == nil)
    #expect(verdict(Array(repeatElement(one, count: burst + 1).joined())) == .flood(type: type))
  }

  @Test("forgives with time")
  func time() {
    let rate = FrameLimits.Rate(burst: 2, perSecond: 10)
    var meter = FloodMeter(rate)
    let taken = [0, 0, 0, 99, 100, 150, 200, 10_000, 10_000, 10_000].map {
      meter.take(rate, now: start + .milliseconds($0))
    }
    // Never more than the burst.
    #expect(taken == [true, true, false, false, true, false, true, true, true, false])
  }

  @Test(
    "counts Huffman-coded characters (RFC 7541, Appendix C)",
    arguments: [
      ([0xf1, 0xe3, 0xc2, 0xe5, 0xf2, 0x3a, 0x6b, 0xa0, 0xab, 0x90, 0xf4, 0xff], 15),
      ([0x64, 0x02], 3), ([0xae, 0xc3, 0x77, 0x1a, 0x4b], 7),
      (
        [
          0xd0, 0x7a, 0xbe, 0x94, 0x10, 0x54, 0xd4, 0x44, 0xa8, 0x20, 0x05, 0x95, 0x04, 0x0b, 0x81,
          0x66, 0xe0, 0x82, 0xa6, 0x2d, 0x1b, 0xff,
        ], 29
      ),
      (
        [
          0x9d, 0x29, 0xad, 0x17, 0x18, 0x63, 0xc7, 0x8f, 0x0b, 0x97, 0xc8, 0xe9, 0xae, 0x82, 0xae,
          0x43, 0xd3,
        ], 23
      ),
      // A character of 30 bits, one of 13 and one of 5, padding alone, nothing.
      ([0xff, 0xff, 0xff, 0xf3], 1), ([0xff, 0xc7], 1), ([0x07], 1), ([0x7f], 1), ([], 0),
    ] as [([UInt8], Int)])
  func huffman(bytes: [UInt8], count: Int) {
    var length = HuffmanLength()
    for byte in bytes { length.append(byte) }
    #expect(length.count == count)
  }

  @Test("keeps the dynamic table as the protocol says (RFC 7541, Appendix C.5)")
  func table() {
    var table = HeaderTable(mostBytes: 256)
    #expect(table[0] == nil && table[62] == nil)
    #expect(table[2] == .init(name: 7, value: 3))
    #expect(table[61] == .init(name: 16, value: 0))
    for (name, value) in [(7, 3), (13, 7), (4, 29), (8, 23)] {
      table.insert(.init(name: name, value: value))
    }
    #expect(table.bytes == 222)
    #expect(table[62] == .init(name: 8, value: 23))
    table.insert(.init(name: 7, value: 3))
    #expect(table.bytes == 222, "the oldest has gone")
    #expect(table[65] == .init(name: 13, value: 7))
    #expect(table[66] == nil)
    table.insert(.init(name: 200, value: 100))
    #expect(table.bytes == 0 && table[62] == nil, "too large: it empties the table")
    for _ in 0..<1000 { table.insert(.init(name: 1, value: 1)) }
    #expect(table.bytes == 238)
    let emptied = table.resize(0)
    #expect(emptied && table.bytes == 0)
    let grown = table.resize(257)
    #expect(!grown)
  }
}
