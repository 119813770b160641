import LibCrypto
import Testing

@Suite("Base64 for URLs and hexadecimal")
struct EncodingTests {
  @Test(
    "encodes and decodes the examples of RFC 4648 without padding",
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
      ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
  func examples(_ example: (plain: String, text: String)) {
    #expect(Base64URL.encode(example.plain.utf8) == example.text)
    #expect(Base64URL.decode(example.text) == Array(example.plain.utf8))
  }

  @Test("uses the alphabet of URLs")
  func alphabet() {
    #expect(Base64URL.encode([0xfb, 0xff, 0xfe]) == "-__-")
    #expect(Base64URL.decode("-__-") == [0xfb, 0xff, 0xfe])
  }

  @Test("gives back every byte at every length")
  func roundTrips() {
    for length in 0..<70 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + length) }
      #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
      #expect(Hexadecimal.decode(Hexadecimal.encode(bytes).utf8) == bytes)
    }
  }

  @Test(
    "refuses padding, white space, other alphabets, single characters and bits left over",
    arguments: [
      "Zg==", "Zm8=", "Zg ", " Zg", "Zm\n8", "+__-", "-/__", "A", "Zm9vY", "Zh", "Zm9", "é", "Zg\0",
    ])
  func refusesJunk(_ text: String) { #expect(Base64URL.decode(text) == nil) }

  @Test("reads digits in both cases, refuses anything else")
  func hexadecimal() {
    #expect(Hexadecimal.encode([0x00, 0xab, 0xff]) == "00abff")
    #expect(Hexadecimal.decode("00aBFf".utf8) == [0x00, 0xab, 0xff])
    for text in ["0", "0g", "0x00", " 00", "zz", "é"] {
      #expect(Hexadecimal.decode(text.utf8) == nil)
    }
  }
}
