/// Base64 (RFC 4648): written with the standard alphabet and padding; read with either alphabet,
/// with or without padding.
enum Base64 {
  /// Decodes a text.
  ///
  /// - Parameter target: room for three quarters of the text and three bytes more.
  /// - Returns: the length, or nil for a foreign character, a wrong length, padding in the middle,
  ///   or, in a padded text, bits behind the last byte that are not zero. Without padding such bits
  ///   are passed over, as protobuf's conformance suite has it.
  static func decode(_ text: Bytes, to target: UnsafeMutablePointer<UInt8>) -> Int? {
    var count = text.count
    if count > 0, count % 4 == 0, text[count - 1] == UInt8(ascii: "=") {
      count -= text[count - 2] == UInt8(ascii: "=") ? 2 : 1
    }
    guard count % 4 != 1 else { return nil }
    let values = values
    var index = 0
    var length = 0
    while index &+ 4 <= count {
      let one = values[Int(text[index])]
      let two = values[Int(text[index &+ 1])]
      let three = values[Int(text[index &+ 2])]
      let four = values[Int(text[index &+ 3])]
      guard one | two | three | four < 64 else { return nil }
      target[length] = one << 2 | two >> 4
      target[length &+ 1] = two << 4 | three >> 2
      target[length &+ 2] = three << 6 | four
      index &+= 4
      length &+= 3
    }
    guard index < count else { return length }
    let isPadded = count < text.count
    let one = values[Int(text[index])]
    let two = values[Int(text[index + 1])]
    guard one | two < 64 else { return nil }
    target[length] = one << 2 | two >> 4
    length += 1
    if count - index == 2 { return isPadded && two & 0x0f != 0 ? nil : length }
    let three = values[Int(text[index + 2])]
    guard three < 64, !isPadded || three & 0x03 == 0 else { return nil }
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
    while index &+ 3 <= bytes.count {
      let one = bytes[index]
      let two = bytes[index &+ 1]
      let three = bytes[index &+ 2]
      target[length] = alphabet[Int(one >> 2)]
      target[length &+ 1] = alphabet[Int((one & 0x03) << 4 | two >> 4)]
      target[length &+ 2] = alphabet[Int((two & 0x0f) << 2 | three >> 6)]
      target[length &+ 3] = alphabet[Int(three & 0x3f)]
      index &+= 3
      length &+= 4
    }
    guard index < bytes.count else { return }
    let one = bytes[index]
    let two = index + 1 < bytes.count ? bytes[index + 1] : 0
    target[length] = alphabet[Int(one >> 2)]
    target[length + 1] = alphabet[Int((one & 0x03) << 4 | two >> 4)]
    target[length + 2] =
      index + 1 < bytes.count ? alphabet[Int((two & 0x0f) << 2)] : UInt8(ascii: "=")
    target[length + 3] = UInt8(ascii: "=")
  }

  private static let alphabet: StaticString =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

  /// The six bits of each character; 64 or more for a foreign one.
  ///
  /// `nonisolated(unsafe)`: written once before anybody has the pointer, and then only read.
  private nonisolated(unsafe) static let values: UnsafePointer<UInt8> = {
    let values = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    values.initialize(repeating: 0xff, count: 256)
    for index in 0..<64 { values[Int(alphabet.utf8Start[index])] = UInt8(index) }
    values[Int(UInt8(ascii: "-"))] = 62
    values[Int(UInt8(ascii: "_"))] = 63
    return UnsafePointer(values)
  }()
}
