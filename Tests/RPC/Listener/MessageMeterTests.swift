import TestSupport
import Testing

@testable import RPC

@Suite("The guard's view of messages")
struct MessageMeterTests {
  private func data(_ payload: [UInt8], stream: UInt8 = 1, flags: UInt8 = 0) -> [UInt8] {
    let count = payload.count
    return [UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255), 0, flags]
      + [0, 0, 0, stream] + payload
  }

  private func prefix(_ length: UInt32, flag: UInt8 = 0) -> [UInt8] {
    [flag] + withUnsafeBytes(of: length.bigEndian) { Array($0) }
  }

  /// What passes on and why it stops, which are the same however the bytes are cut.
  private func pass(
    _ bytes: [UInt8], most: Int = 1000, open: Int = 4096,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> (passed: [UInt8], abuse: FrameGuard.Abuse?) {
    var limits = FrameLimits(headerListBytes: 16_384, messageBytes: most)
    limits.openMessages = open
    limits.emptyData.burst = 100_000
    func feed(by size: Int) -> ([UInt8], FrameGuard.Abuse?) {
      var frames = FrameGuard(limits)
      var passed: [UInt8] = []
      for at in stride(from: 0, to: bytes.count, by: size) {
        var piece = Array(bytes[at..<min(at + size, bytes.count)])
        if let abuse = piece.withUnsafeMutableBytes({ frames.inspect($0) }) {
          return (passed, abuse)
        }
        passed += piece
      }
      return (passed, nil)
    }
    let whole = feed(by: max(1, bytes.count))
    for size in [1, 2, 3, 7, 64] {
      let (passed, abuse) = feed(by: size)
      #expect(abuse == whole.1, "in pieces of \(size)", sourceLocation: sourceLocation)
      if abuse == nil {
        #expect(passed == whole.0, "in pieces of \(size)", sourceLocation: sourceLocation)
      }
    }
    return whole
  }

  @Test(
    "lowers a length beyond the limit to one byte more than it",
    arguments: [
      (1001, 1001), (1002, 1001), (1024, 1001), (1 << 16, 1001), (1 << 24, 1001), (.max, 1001),
      (1000, 1000), (0, 0),
    ] as [(UInt32, UInt32)])
  func lowering(announced: UInt32, passed: UInt32) {
    for cut in 0...5 {
      let message = prefix(announced, flag: 1)
      let expected = prefix(passed, flag: 1)
      let bytes = data(Array(message[..<cut])) + data(Array(message[cut...]) + [7])
      let result = pass(bytes)
      #expect(result.abuse == nil)
      #expect(
        result.passed == data(Array(expected[..<cut])) + data(Array(expected[cut...]) + [7]))
    }
  }

  @Test("lowers to limits whose bytes are all there are")
  func limits() {
    #expect(pass(data(prefix(.max)), most: 0xff_ffff).passed == data(prefix(1 << 24)))
    #expect(pass(data(prefix(.max)), most: 0x0100_00ff).passed == data(prefix(0x0100_0100)))
    #expect(pass(data(prefix(0x0200_0000)), most: 0x0100_00ff).passed == data(prefix(0x0100_0100)))
    #expect(pass(data(prefix(.max)), most: Int(UInt32.max)).passed == data(prefix(.max)))
  }

  @Test("lets messages pass as they come: many in a frame, one in many, interleaved")
  func passing() {
    let small = prefix(3) + [1, 2, 3]
    let many = data(small + small + prefix(0) + small, flags: 1)
    let large = prefix(1000) + [UInt8](repeating: 9, count: 1000)
    let pieces = data(Array(large[..<3])) + data(Array(large[3..<500])) + data([])
    let rest = data(Array(large[500...]), flags: 1)
    let other = data(Array(small[..<4]), stream: 3) + pieces + data(Array(small[4...]), stream: 3)
    for bytes in [many, pieces + rest, other + rest + data([], stream: 3, flags: 1)] {
      let result = pass(bytes)
      #expect(result.abuse == nil)
      #expect(result.passed == bytes)
    }
  }

  @Test("ends a connection whose stream ends within a message")
  func cutOff() {
    for payload in [[0], prefix(1), prefix(3) + [1, 2], prefix(0) + [0, 0]] as [[UInt8]] {
      #expect(pass(data(payload, flags: 1)).abuse == .message(.cutOff))
      #expect(pass(data(payload) + data([], flags: 1)).abuse == .message(.cutOff))
      // Another stream's end is none of this one's.
      #expect(pass(data(payload) + data([], stream: 3, flags: 1)).abuse == nil)
    }
    #expect(pass(data(prefix(2000) + [1], flags: 1)).abuse == nil, "the core refuses it")
    #expect(pass(data([], flags: 1)).abuse == nil)
  }

  @Test("forgets a message whose stream is reset or ended by headers")
  func forgetting() {
    let reset: [UInt8] = [0, 0, 4, 3, 0, 0, 0, 0, 1] + [0, 0, 0, 8]
    let trailers: [UInt8] = [0, 0, 1, 1, 5, 0, 0, 0, 1, 0x83]
    for end in [reset, trailers] {
      #expect(pass(data(prefix(3) + [1]) + end + data([], flags: 1)).abuse == nil)
    }
  }

  @Test("ends a connection with too many streams within messages")
  func tooManyOpen() {
    let started = { data([0], stream: $0) }
    let ended = data(prefix(0).suffix(4), stream: 5, flags: 1)
    #expect(pass(started(1) + started(3) + started(1), open: 2).abuse == nil)
    #expect(pass(started(1) + started(5) + ended + started(3), open: 2).abuse == nil)
    #expect(
      pass(started(1) + started(5) + started(3), open: 2).abuse == .message(.tooManyOpen))
  }
}
