internal import CZlib

/// How a payload stands in a segment: its length and its CRC-32 in four bytes each, the least
/// significant first, and the payload.
public enum SpoolFrame {
  /// How many bytes stand before a payload.
  public static let headerSize = 8
  /// What nobody writes: a greater length is what a crash left.
  static let maximumPayload = 16 << 20

  static func bytes(of payload: [UInt8]) -> [UInt8] {
    number(UInt32(payload.count)) + number(checksum(payload[...])) + payload
  }

  /// The payloads of a segment, up to the first frame that is not whole.
  ///
  /// - Returns: the payloads, and whether nothing lies behind them.
  static func payloads(in segment: [UInt8]) -> (payloads: [[UInt8]], isWhole: Bool) {
    var payloads: [[UInt8]] = []
    var offset = 0
    while segment.count - offset >= headerSize {
      let count = Int(number(at: offset, in: segment))
      let start = offset + headerSize
      guard count <= maximumPayload, segment.count - start >= count else { break }
      let payload = segment[start..<start + count]
      guard checksum(payload) == number(at: offset + 4, in: segment) else { break }
      payloads.append(Array(payload))
      offset = start + count
    }
    return (payloads, offset == segment.count)
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      // An empty payload has a checksum too, so that zeros on disk are no frame: 0 is never one's.
      UInt32(truncatingIfNeeded: crc32(1, $0.baseAddress, UInt32($0.count))) ^ 0x5a5a_5a5a
    }
  }

  private static func number(_ value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func number(at offset: Int, in bytes: [UInt8]) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }
}
