import LibCrypto
import Testing

@Suite("SHA-256 and HMAC")
struct SHA256Tests {
  @Test("hashes the examples of FIPS 180-4")
  func hashes() {
    #expect(
      Hexadecimal.encode(SHA256.hash([]))
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Hexadecimal.encode(SHA256.hash("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("hashes bytes that are not contiguous")
  func hashesAnyCollection() {
    let bytes = (0..<200).lazy.map { UInt8($0) }
    #expect(SHA256.hash(bytes) == SHA256.hash(Array(bytes)))
  }

  @Test("computes the codes of RFC 4231")
  func codes() {
    let first = HMACSHA256.code(of: "Hi There".utf8, key: [UInt8](repeating: 0x0b, count: 20))
    #expect(
      Hexadecimal.encode(first)
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    let second = HMACSHA256.code(of: "what do ya want for nothing?".utf8, key: "Jefe".utf8)
    #expect(
      Hexadecimal.encode(second)
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test("computes a code under an empty key")
  func emptyKey() {
    #expect(
      Hexadecimal.encode(HMACSHA256.code(of: [], key: []))
        == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
  }

  @Test("tells a valid code from a changed or shortened one")
  func validates() {
    var code = HMACSHA256.code(of: "message".utf8, key: "key".utf8)
    #expect(HMACSHA256.isValid(code, of: "message".utf8, key: "key".utf8))
    #expect(!HMACSHA256.isValid(code.dropLast(), of: "message".utf8, key: "key".utf8))
    code[31] ^= 1
    #expect(!HMACSHA256.isValid(code, of: "message".utf8, key: "key".utf8))
  }

  @Test("compares byte strings of any length")
  func compares() {
    #expect(constantTimeEqual([], []))
    #expect(constantTimeEqual([1, 2, 3], [1, 2, 3]))
    #expect(!constantTimeEqual([1, 2, 3], [1, 2, 4]))
    #expect(!constantTimeEqual([1, 2, 3], [1, 2]))
  }
}
