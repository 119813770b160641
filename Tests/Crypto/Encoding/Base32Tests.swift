import LibCrypto
import Testing

@Suite("Base32")
struct Base32Tests {
  @Test(
    "is that of RFC 4648 section 10, without its padding",
    arguments: [
      ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
      ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
  func vectors(text: String, coded: String) { #expect(Base32.encode(Array(text.utf8)) == coded) }
}
