import NIOCore

/// Undoes base64 while it arrives; padding may stand behind each part of it (gRPC-Web, "Protocol
/// differences").
struct Base64Reader {
  private var bits: UInt32 = 0
  private var digits = 0
  private var padding = 0

  /// Whether what has come is whole groups of four.
  var isWhole: Bool { digits == 0 }

  /// Nil where the text is not base64.
  mutating func read(_ text: ByteBuffer) -> ByteBuffer? {
    var bytes = ByteBuffer()
    bytes.reserveCapacity(text.readableBytes / 4 * 3 + 3)
    for digit in text.readableBytesView {
      guard take(digit) else { return nil }
      guard digits == 4 else { continue }
      bytes.writeInteger(UInt8(truncatingIfNeeded: bits >> 16))
      if padding < 2 { bytes.writeInteger(UInt8(truncatingIfNeeded: bits >> 8)) }
      if padding < 1 { bytes.writeInteger(UInt8(truncatingIfNeeded: bits)) }
      (bits, digits, padding) = (0, 0, 0)
    }
    return bytes
  }

  private mutating func take(_ digit: UInt8) -> Bool {
    if digit == 0x3D, digits >= 2 {
      padding += 1
      bits <<= 6
    } else if padding == 0, let value = HeaderField.value(ofDigit: digit) {
      bits = bits << 6 | value
    } else {
      return false
    }
    digits += 1
    return true
  }
}
