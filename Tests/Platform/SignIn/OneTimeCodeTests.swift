import LibCrypto
import TestSupport
import Testing

@testable import Platform

@Suite("Codes of authenticators")
struct OneTimeCodeTests {
  private let key = Array("12345678901234567890".utf8)

  @Test(
    "are those of RFC 6238 appendix B, in six digits", .covers("S-H10"),
    arguments: [
      (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
      (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ] as [(Int64, String)])
  func vectors(time: Int64, code: String) {
    #expect(OneTimeCode.code(OneTimeCode.step(at: time), key: key) == code)
  }

  @Test("count one step early or late, and never at or before the last one", .covers("S-H10"))
  func window() {
    let now: Int64 = 1_800_000_015
    let present = OneTimeCode.step(at: now)
    for offset in Int64(-3)...3 {
      let code = OneTimeCode.code(present + offset, key: key)
      let found = OneTimeCode.step(of: code, key: key, at: now, after: 0)
      #expect(found == (abs(offset) <= 1 ? present + offset : nil))
      #expect(OneTimeCode.step(of: code, key: key, at: now, after: present + 1) == nil)
    }
    for text in ["", "12345", "1234567", "abcdef"] {
      #expect(OneTimeCode.step(of: text, key: key, at: now, after: 0) == nil)
    }
  }

  @Test("come from a link that authenticators read")
  func uri() {
    #expect(
      OneTimeCode.uri(key: key, tenant: "Дом 1", login: "a+b@c.org")
        == "otpauth://totp/%D0%94%D0%BE%D0%BC%201:a%2Bb%40c.org"
        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%D0%94%D0%BE%D0%BC%201"
        + "&algorithm=SHA1&digits=6&period=30")
  }
}
