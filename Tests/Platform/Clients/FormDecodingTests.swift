import TestSupport
import Testing

@testable import Platform

@Suite("The coding of forms")
struct FormDecodingTests {
  @Test(
    "is undone", .covers("S-C8"),
    arguments: [
      ("plain", "plain"), ("a+b", "a b"), ("!foo%20bar", "!foo bar"), ("%2B%26%3c", "+&<"),
      ("%E2%80%94+%2B%3C%26%3E*", "— +<&>*"), ("—", "—"), ("", ""), ("%00", "\u{0}"),
    ])
  func decode(coded: String, plain: String) {
    #expect(FormDecoding.decode(Array(coded.utf8)) == plain)
  }

  @Test(
    "is refused where it is broken", .covers("S-C8"),
    arguments: ["%", "100%", "%2", "%zz", "%%20", "%C3", "%FF", "%ED%A0%80"])
  func broken(coded: String) { #expect(FormDecoding.decode(Array(coded.utf8)) == nil) }
}

@Suite("Lists of scopes")
struct ScopeListTests {
  @Test("have each scope once, in order")
  func list() {
    #expect(ScopeList.parse("b a b") == ["b", "a"])
    #expect(ScopeList.parse("residential.commands:write") == ["residential.commands:write"])
  }

  @Test(
    "are refused where they break the grammar", .covers("S-C10"),
    arguments: [
      "", " ", " a", "a ", "a  b", "a\tb", "a\"b", "a\\b", "é", "a\u{7f}",
      String(repeating: "a", count: 101),
    ])
  func broken(text: String) { #expect(ScopeList.parse(text) == nil) }
}
