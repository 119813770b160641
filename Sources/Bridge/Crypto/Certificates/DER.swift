/// The few forms of X.690 DER that the extensions of a certificate need. Values go out through
/// here; what comes in is read by libcrypto.
enum DER {
  static func value(tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    var length: [UInt8] = []
    if content.count < 0x80 {
      length = [UInt8(content.count)]
    } else {
      var rest = content.count
      while rest > 0 {
        length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
        rest >>= 8
      }
      length.insert(0x80 | UInt8(length.count), at: 0)
    }
    return [tag] + length + content
  }

  static func sequence(_ elements: [UInt8]...) -> [UInt8] {
    value(tag: 0x30, elements.flatMap { $0 })
  }

  static func octets(_ content: [UInt8]) -> [UInt8] { value(tag: 0x04, content) }

  /// A non-negative INTEGER in the fewest bytes.
  static func integer(_ number: UInt64) -> [UInt8] {
    var content: [UInt8] = []
    var rest = number
    repeat {
      content.insert(UInt8(truncatingIfNeeded: rest), at: 0)
      rest >>= 8
    } while rest > 0
    // The highest bit is the sign.
    if content[0] & 0x80 != 0 { content.insert(0, at: 0) }
    return value(tag: 0x02, content)
  }

  /// `[number]` IMPLICIT over a primitive type.
  static func tagged(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
    value(tag: 0x80 | number, content)
  }

  static let yes: [UInt8] = [0x01, 0x01, 0xff]
  static let zero: [UInt8] = [0x02, 0x01, 0x00]

  /// A BIT STRING of one byte, trailing zero bits left out as DER demands of named bits.
  static func bits(_ byte: UInt8) -> [UInt8] {
    byte == 0 ? [0x03, 0x01, 0x00] : [0x03, 0x02, UInt8(byte.trailingZeroBitCount), byte]
  }
}
