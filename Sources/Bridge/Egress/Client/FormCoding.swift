/// application/x-www-form-urlencoded, and the percent-coding of a path segment.
public enum FormCoding {
  /// A name or a value, as RFC 6749 section 2.3.1 wants client credentials before HTTP Basic.
  public static func encode(_ text: String) -> String {
    percent(text, spaceAsPlus: true)
  }

  /// One segment of a path (RFC 3986 section 3.3): everything but unreserved characters is coded.
  public static func segment(_ text: String) -> String {
    percent(text, spaceAsPlus: false)
  }

  private static func percent(_ text: String, spaceAsPlus: Bool) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var coded: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " ") where spaceAsPlus:
        coded.append(UInt8(ascii: "+"))
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        coded.append(byte)
      default:
        coded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: coded, as: UTF8.self)
  }
}
