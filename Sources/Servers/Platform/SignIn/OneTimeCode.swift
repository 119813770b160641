import LibCrypto
import Mutation

/// Codes of authenticators (RFC 6238, over RFC 4226): six digits, a new one every 30 seconds, with
/// HMAC-SHA-1, which is what every authenticator can do.
enum OneTimeCode {
  /// The bytes of a key: as many as a hash has (RFC 4226 section 4, R6).
  static let keySize = 20
  private static let period: Int64 = 30

  /// The number of the step that a time lies in.
  static func step(at time: Int64) -> Int64 { time / period }

  /// The code of a step.
  static func code(_ step: Int64, key: [UInt8]) -> String {
    let message = withUnsafeBytes(of: step.bigEndian) { Array($0) }
    let hash = HMACSHA1.code(of: message, key: key)
    let offset = Int(hash[hash.count - 1] & 15)
    let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
    let digits = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The step whose code this is: the present one or one of its neighbours, for clocks that differ,
  /// and never one at or before the last that counted (RFC 6238 section 5.2).
  static func step(of code: String, key: [UInt8], at time: Int64, after last: Int64) -> Int64? {
    let now = step(at: time)
    // All three are compared, so that the time does not tell which one fits.
    return (now - 1...now + 1).reduce(Int64?.none) { found, step in
      let fits = constantTimeEqual(Array(self.code(step, key: key).utf8), Array(code.utf8))
      return fits && (step > last || Mutation.isOn(.takesOneTimeCodesAgain)) ? step : found
    }
  }

  /// What an authenticator reads from a link or a picture.
  static func uri(key: [UInt8], tenant: String, login: String) -> String {
    let issuer = escaped(tenant)
    return
      "otpauth://totp/\(issuer):\(escaped(login))?secret=\(Base32.encode(key))&issuer=\(issuer)"
      + "&algorithm=SHA1&digits=6&period=\(period)"
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        out += "%"
        out.unicodeScalars.append(Unicode.Scalar(digits[Int(byte >> 4)]))
        out.unicodeScalars.append(Unicode.Scalar(digits[Int(byte & 15)]))
      }
    }
    return out
  }
}
