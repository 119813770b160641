/// Base64 (RFC 4648): written with the standard alphabet and padding; read with either alphabet,
/// with or without padding.
enum Base64 {
  /// Decodes a text.
  ///
  /// - Parameter target: room for three quarters of the text.
  /// - Returns: the length, or nil for a foreign character, a wrong length, padding in the middle,
  ///   or bits behind the last byte that are not zero.
  static func decode(_ text: Bytes, to target: UnsafeMutablePointer<UInt8>) -> Int? {
    var count = text.count
    if count > 0, count % 4 == 0, text[count - 1] == UInt8(ascii: "=") {
      count -= text[count - 2] == UInt8(ascii: "=") ? 2 : 1
    }
    guard count % 4 != 1 else { return nil }
    var index = 0
    var length = 0
    while index &+ 4 <= count {
      let one = value(text[index])
      let two = value(text[index &+ 1])
      let three = value(text[index &+ 2])
      let four = value(text[index &+ 3])
      guard one | two | three | four < 64 else { return nil }
      target[length] = one << 2 | two >> 4
      target[length &+ 1] = two << 4 | three >> 2
      target[length &+ 2] = three << 6 | four
      index &+= 4
      length &+= 3
    }
    guard index < count else { return length }
    let one = value(text[index])
    let two = value(text[index + 1])
    guard one | two < 64 else { return nil }
    target[length] = one << 2 | two >> 4
    length += 1
    if count - index == 2 { return two & 0x0f == 0 ? length : nil }
    let three = value(text[index + 2])
    guard three < 64, three & 0x03 == 0 else { return nil }
    target[length] = two << 4 | three >> 2
    return length + 1
  }

  /// How long the text of so many bytes is.
  static func encodedLength(_ count: Int) -> Int { (count + 2) / 3 * 4 }

  /// Encodes bytes.
  ///
  /// - Parameter target: room for `encodedLength`.
  static func encode(_ bytes: Bytes, to target: UnsafeMutablePointer<UInt8>) {
    let alphabet = alphabet.utf8Start
    var index = 0
    var length = 0
    while index < bytes.count {
      let left = bytes.count - index
      let one = bytes[index]
      let two = left > 1 ? bytes[index + 1] : 0
      let three = left > 2 ? bytes[index + 2] : 0
      target[length] = alphabet[Int(one >> 2)]
      target[length + 1] = alphabet[Int((one & 0x03) << 4 | two >> 4)]
      target[length + 2] =
        left > 1 ? alphabet[Int((two & 0x0f) << 2 | three >> 6)] : UInt8(ascii: "=")
      target[length + 3] = left > 2 ? alphabet[Int(three & 0x3f)] : UInt8(ascii: "=")
      index += 3
      length += 4
    }
  }

  private static let alphabet: StaticString =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

  /// The six bits of a character; 64 or more for a foreign one.
  @inline(__always)
  private static func value(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte &- UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte &- UInt8(ascii: "a") &+ 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0") &+ 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: 0xff
    }
  }
}
