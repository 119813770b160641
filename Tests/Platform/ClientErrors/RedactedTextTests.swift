import TestSupport
import Testing

@testable import Platform

@Suite("Text of strangers")
struct RedactedTextTests {
  @Test(
    "loses what may be a credential", .covers("C96", "S-H9"),
    arguments: [
      ("Authorization: Bearer abc.def.ghi123", "Authorization: [secret]"),
      ("sent Bearer 9f8e7d6c5b4a and failed", "sent Bearer [secret] and failed"),
      (#"{"access_token":"s3cr3t","n":1}"#, #"{"access_token":"[secret]","n":1}"#),
      (#"body {\"clientSecret\": \"a b\"}"#, #"body {\"clientSecret\": \"[secret]"}"#),
      ("password=hunter2&x=1", "password=[secret]&x=1"),
      ("refresh-token: Bearer abc", "refresh-token: [secret]"),
      ("Cookie: a=1; b=2\nnext", "Cookie: [secret]\nnext"),
      ("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "[secret]"),
      ("https://ann:pa!ss@host.example/x", "https://[secret]@host.example/x"),
      (
        "GET https://a.example/cb?code=1&state=2:10:5 failed",
        "GET https://a.example/cb?…:10:5 failed"
      ),
      ("/cb#id_token=abc", "/cb#…"),
      ("key 0a1b2c3d4e5f60718293a4b5c6d7e8f9", "key [opaque]"),
      ("your code: 123456", "your code: [secret]"),
    ])
  func credentials(text: String, expected: String) {
    let redacted = RedactedText.of(text)
    #expect(redacted == expected)
  }

  @Test(
    "loses who somebody is", .covers("C96"),
    arguments: [
      ("no member anna.k+x@example.org here", "no member [email] here"),
      ("почта иван@пример.рф занята", "почта [email] занята"),
      ("call +7 (999) 123-45-67 now", "call [number] now"),
      ("card 4276 1234 5678 9012", "card [number]"),
      ("from 192.168.17.4: refused", "from [address]: refused"),
    ])
  func people(text: String, expected: String) {
    #expect(RedactedText.of(text) == expected)
  }

  @Test(
    "keeps what says where in the code it was",
    arguments: [
      "TypeError: Cannot read properties of undefined (reading 'name')",
      "    at load (https://app.example/main.js:10:5)", "load@https://app.example/main.js:10:5",
      "3   MyApp  0x0000000102f4a3c8 $s5MyApp14ViewControllerC11viewDidLoadyyF + 1048",
      "Unexpected token < in JSON at position 0", "NSCocoaErrorDomain Code=4864",
      "status code: 404",
      "unit 01890a5d-ac96-774b-bcce-b302099a8057 on 2026-11-22 05:20:51",
      "version 1.2.3.4.5", "Привет, мир",
    ])
  func code(text: String) {
    #expect(RedactedText.of(text) == text)
  }

  // Quadratic, it would take hours.
  @Test("is read once, whatever it is", .covers("C96"), .timeLimit(.minutes(10)))
  func long() {
    for piece in ["@", "a.", "a@b.", "://", "?a=", "1", "1-", "+", "\"token\":\"", "eyJaaaaaaaaa."]
    {
      let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
      #expect(RedactedText.of(text).utf8.count <= text.utf8.count * 8, "\(piece)")
    }
  }
}
