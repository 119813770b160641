/// Writes JSON by hand, for what is kept line by line: no control character of any kind is in it, and
/// nothing that a terminal or a reader of lines would take for more than text.
public enum JSONText {
  /// A string as JSON, RFC 8259 section 7, in quotation marks.
  public static func quoted(_ text: String) -> String {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    result.reserveCapacity(text.utf8.count + 2)
    escape(text, to: &result, limit: .max)
    result.append(UInt8(ascii: "\""))
    return String(decoding: result, as: UTF8.self)
  }

  /// Adds the characters of a string, without quotation marks.
  ///
  /// - Parameter limit: how many bytes there may be when another character is begun.
  /// - Returns: whether all of them are there.
  @discardableResult
  static func escape(_ text: String, to bytes: inout [UInt8], limit: Int) -> Bool {
    for scalar in text.unicodeScalars {
      guard bytes.count < limit else { return false }
      switch scalar.value {
      case 0x22, 0x5c:
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(scalar.value))
      case 0x20...0x7e: bytes.append(UInt8(scalar.value))
      case 0...0x9f, 0x2028, 0x2029, 0x202a...0x202e, 0x2066...0x2069:
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: "u"))
        for shift in stride(from: 12 as UInt32, through: 0, by: -4) {
          let digit = UInt8(scalar.value >> shift & 15)
          bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
      default: bytes.append(contentsOf: UTF8.encode(scalar)!)
      }
    }
    return true
  }

  /// The beginning of a text, cut between two characters.
  ///
  /// - Parameter limit: the most bytes.
  public static func prefix(_ text: String, _ limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var end = text.utf8.index(text.utf8.startIndex, offsetBy: limit)
    while end > text.startIndex, UTF8.isContinuation(text.utf8[end]) {
      end = text.utf8.index(before: end)
    }
    return String(text[..<end])
  }
}
