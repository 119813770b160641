import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("A new password")
struct NewPasswordTests {
  private func check(_ password: String) throws -> String {
    try NewPassword.checked(
      password, login: "anna.petrova@example.org", besides: ["alpha", "Alpha Gardens"])
  }

  @Test(
    "is refused where it is one of those that are tried first",
    arguments: [
      "1234567890", "password123", "qwertyuiop", "Password1!", "aaaaaaaaaaaa", "abcabcabcabc",
      "йцукенгшщз", "пароль1234", "anna.petrova", "annapetrova1", "alpha2026!", "artelartel",
      "2026-11-21", "iloveyou123", "zxcvbnm,./", "short", "",
    ])
  func weak(password: String) async {
    await expectRefusal(.invalidArgument, "FIELD_INVALID") { _ = try check(password) }
  }

  @Test("is refused where it is longer than any that people type")
  func long() async {
    await expectRefusal(.invalidArgument, "FIELD_INVALID") {
      _ = try check(String(repeating: "s8Kq1 ", count: 40))
    }
  }

  @Test(
    "is taken where nobody would think of it, and needs no signs of any kind",
    arguments: ["correct horse battery staple", "правильная лошадь", "k7dm2xq9wv", "Тихо 4 осень"])
  func strong(password: String) throws { #expect(try check(password) == password) }

  @Test("is the same however a keyboard composes it")
  func composed() throws {
    #expect(
      try check("и\u{306} тихая лошадь")
        == NewPassword.normalized("\u{439} тихая лошадь"))
  }
}
