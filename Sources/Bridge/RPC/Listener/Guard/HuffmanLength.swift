/// Counts the characters of a Huffman-coded string (RFC 7541, section 5.2) as its bytes come.
///
/// The code of Appendix B is canonical: codes of a length follow each other, and longer ones follow
/// shorter ones. So how many codes there are of each length tells where each character ends, and
/// the characters themselves need not be known.
struct HuffmanLength {
  /// The lengths of codes, and the first value above them, both as 32 bits from the left.
  private static let bounds: [(bits: Int, above: UInt64)] = {
    let counts = [
      (5, 10), (6, 26), (7, 32), (8, 6), (10, 5), (11, 3), (12, 2), (13, 6), (14, 2), (15, 3),
      (19, 3), (20, 8), (21, 13), (22, 26), (23, 29), (24, 12), (25, 4), (26, 15), (27, 19),
      (28, 29), (30, 4),
    ]
    var above: UInt64 = 0
    return counts.map { bits, count in
      above += UInt64(count) << UInt64(32 - bits)
      return (bits, above)
    }
  }()

  /// How long the code is that eight bits begin with; 0 for one that is longer than they are.
  private static let short: [UInt8] = (0..<256).map { byte in
    let window = UInt64(byte) << 24
    let code = bounds.first { window < $0.above }
    return code.map { $0.bits <= 8 ? UInt8($0.bits) : 0 } ?? 0
  }

  private var pending: UInt64 = 0
  private var bits = 0

  /// The characters so far.
  private(set) var count = 0

  /// Takes the next byte.
  mutating func append(_ byte: UInt8) {
    pending = pending << 8 | UInt64(byte)
    bits += 8
    while bits >= 5 {
      // As 32 bits from the left, the missing ones 0: with more bits the value grows, and a code
      // that is not whole yet is longer than what there is.
      let window = bits >= 32 ? pending >> UInt64(bits - 32) : pending << UInt64(32 - bits)
      let short = Int(Self.short[Int(window >> 24 & 0xff)])
      if short > 0 {
        guard short <= bits else { return }
        bits -= short
      } else {
        guard let code = Self.bounds.first(where: { window & 0xffff_ffff < $0.above }),
          code.bits <= bits
        else { return }
        bits -= code.bits
      }
      pending &= (1 << UInt64(bits)) - 1
      count += 1
    }
  }
}
