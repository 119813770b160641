/// Counts the characters of a Huffman-coded string (RFC 7541, section 5.2) as its bytes come.
///
/// The code of Appendix B is canonical: codes of a length follow each other, and longer ones follow
/// shorter ones. So how many codes there are of each length tells where each character ends, and
/// the characters themselves need not be known; what they are is told to who asks.
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

  /// The characters in the order of their codes. Behind them comes the code that ends a string,
  /// which stands in none.
  private static let characters: [UInt8] = [
    48, 49, 50, 97, 99, 101, 105, 111, 115, 116, 32, 37, 45, 46, 47, 51, 52, 53, 54, 55, 56, 57,
    61, 65, 95, 98, 100, 102, 103, 104, 108, 109, 110, 112, 114, 117, 58, 66, 67, 68, 69, 70,
    71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 89, 106, 107, 113, 118,
    119, 120, 121, 122, 38, 42, 44, 59, 88, 90, 33, 34, 40, 41, 63, 39, 43, 124, 35, 62, 0, 36,
    64, 91, 93, 126, 94, 125, 60, 96, 123, 92, 195, 208, 128, 130, 131, 162, 184, 194, 224, 226,
    153, 161, 167, 172, 176, 177, 179, 209, 216, 217, 227, 229, 230, 129, 132, 133, 134, 136,
    146, 154, 156, 160, 163, 164, 169, 170, 173, 178, 181, 185, 186, 187, 189, 190, 196, 198,
    228, 232, 233, 1, 135, 137, 138, 139, 140, 141, 143, 147, 149, 150, 151, 152, 155, 157, 158,
    165, 166, 168, 174, 175, 180, 182, 183, 188, 191, 197, 231, 239, 9, 142, 144, 145, 148, 159,
    171, 206, 215, 225, 236, 237, 199, 207, 234, 235, 192, 193, 200, 201, 202, 205, 210, 213,
    218, 219, 238, 240, 242, 243, 255, 203, 204, 211, 212, 214, 221, 222, 223, 241, 244, 245,
    246, 247, 248, 250, 251, 252, 253, 254, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19,
    20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127, 220, 249, 10, 13, 22,
  ]

  private var pending: UInt64 = 0
  private var bits = 0

  /// The characters so far.
  private(set) var count = 0

  /// Takes the next byte.
  mutating func append(_ byte: UInt8) { append(byte) { _, _ in } }

  /// Takes the next byte, and tells the characters that are whole.
  mutating func append(_ byte: UInt8, telling: (UInt8) -> Void) {
    append(byte) { window, bits in
      if let character = Self.character(window, bits) { telling(character) }
    }
  }

  /// The character whose code of so many bits begins a window; nil for the end's.
  private static func character(_ window: UInt64, _ bits: Int) -> UInt8? {
    var first = 0
    var start: UInt64 = 0
    for bound in bounds {
      let width = UInt64(32 - bound.bits)
      if bound.bits == bits {
        let place = first + Int((window - start) >> width)
        return place < characters.count ? characters[place] : nil
      }
      first += Int((bound.above - start) >> width)
      start = bound.above
    }
    return nil
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8, _ whole: (_ window: UInt64, _ bits: Int) -> Void) {
    pending = pending << 8 | UInt64(byte)
    bits += 8
    while bits >= 5 {
      // As 32 bits from the left, the missing ones 0: with more bits the value grows, and a code
      // that is not whole yet is longer than what there is.
      let window = bits >= 32 ? pending >> UInt64(bits - 32) : pending << UInt64(32 - bits)
      let short = Int(Self.short[Int(window >> 24 & 0xff)])
      if short > 0 {
        guard short <= bits else { return }
        whole(window & 0xffff_ffff, short)
        bits -= short
      } else {
        guard let code = Self.bounds.first(where: { window & 0xffff_ffff < $0.above }),
          code.bits <= bits
        else { return }
        whole(window & 0xffff_ffff, code.bits)
        bits -= code.bits
      }
      pending &= (1 << UInt64(bits)) - 1
      count += 1
    }
  }
}
