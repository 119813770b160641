import Testing

@testable import Platform

@Suite("What people sign in with")
struct LoginTests {
  @Test(
    "is one text, however it is written",
    arguments: [
      (" Ann@Example.ORG ", "ann@example.org"), ("+7 (916) 123-45-67", "+79161234567"),
      ("+79161234567", "+79161234567"), ("иван@почта.рф", "иван@почта.рф"),
      ("e\u{301}@x.org", "\u{e9}@x.org"), ("ann@example.org\u{a0}\t", "ann@example.org"),
      ("ａｎｎ@example.org", "ann@example.org"),
    ])
  func reads(text: String, stored: String) { #expect(Login.normalized(text) == stored) }

  @Test(
    "is nothing else",
    arguments: [
      "", "ann", "@example.org", "ann@", "ann@example", "ann@.org", "ann@org.", "a@b@c.org",
      "89161234567", "+0916123456", "+12345", "+1234567890123456", "+7916x234567", "a\u{0}@b.org",
      "a\u{202e}@b.org", "a\u{200b}@b.org", "a@b..org", "<img>@b.org",
    ])
  func refuses(text: String) { #expect(Login.normalized(text) == nil) }
}
