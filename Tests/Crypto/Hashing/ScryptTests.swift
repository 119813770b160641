import LibCrypto
import Testing

@Suite("scrypt and secret hashes")
struct ScryptTests {
  @Test("derives the keys of RFC 7914 section 12")
  func vectors() throws {
    let empty = try Scrypt.hash(
      password: [], salt: [], cost: 16, blockSize: 1, parallelism: 1, length: 64)
    #expect(
      Hexadecimal.encode(empty)
        == "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")
    let pleaseLetMeIn = try Scrypt.hash(
      password: "pleaseletmein".utf8, salt: "SodiumChloride".utf8, length: 64)
    #expect(
      Hexadecimal.encode(pleaseLetMeIn)
        == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")
  }

  @Test(
    "refuses parameters out of range",
    arguments: [
      (cost: 16383, blockSize: 8, parallelism: 1, length: 32), (1, 8, 1, 32), (0, 8, 1, 32),
      (-16, 8, 1, 32), (1 << 20, 8, 1, 32), (1 << 40, 8, 1, 32), (16384, 0, 1, 32),
      (16384, 65, 1, 32), (16384, 8, 0, 32), (16384, 8, 17, 32), (16384, 8, 1, 15),
      (16384, 8, 1, 65),
    ])
  func refuses(_ parameters: (cost: Int, blockSize: Int, parallelism: Int, length: Int)) {
    let error = #expect(throws: CryptoError.self) {
      try Scrypt.hash(
        password: "p".utf8, salt: "s".utf8, cost: parameters.cost,
        blockSize: parameters.blockSize, parallelism: parameters.parallelism,
        length: parameters.length)
    }
    #expect(error?.code == .limit)
  }

  @Test("verifies the secret it was made of, and no other")
  func verifies() throws {
    let hash = try SecretHash.make("correct horse")
    #expect(try hash.verify("correct horse"))
    #expect(try !hash.verify("correct horsf"))
    #expect(try !hash.verify(""))
    #expect(try SecretHash(parsing: hash.encoded) == hash)
    #expect(try SecretHash(parsing: hash.encoded).verify("correct horse"))
  }

  @Test("salts each hash anew")
  func salts() throws {
    #expect(try SecretHash.make("secret") != SecretHash.make("secret"))
  }

  @Test("writes scrypt, N, r, p, salt and hash")
  func encodes() throws {
    let parts = try SecretHash.make("secret").encoded.split(separator: "$")
    #expect(parts[..<4] == ["scrypt", "16384", "8", "1"])
    #expect(Base64URL.decode(parts[4])?.count == 16)
    #expect(Base64URL.decode(parts[5])?.count == 32)
  }

  @Test("verifies nothing against the decoy")
  func decoy() throws {
    #expect(try !SecretHash.decoy.verify(""))
    #expect(try SecretHash(parsing: SecretHash.decoy.encoded) == SecretHash.decoy)
  }

  @Test("says nothing of the hash in a description")
  func hidesItself() throws {
    let hash = try SecretHash.make("secret")
    #expect("\(hash)" == "SecretHash(scrypt)")
  }

  static let salt = "AAAAAAAAAAAAAAAAAAAAAA"
  static let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

  @Test(
    "refuses what is not the text of a hash",
    arguments: [
      "", "secret", "scrypt", "$$$$$", "bcrypt$16384$8$1$\(salt)$\(hash)",
      "scrypt$16384$8$1$\(salt)", "scrypt$16384$8$1$\(salt)$\(hash)$",
      "scrypt$16383$8$1$\(salt)$\(hash)", "scrypt$1073741824$8$1$\(salt)$\(hash)",
      "scrypt$+16384$8$1$\(salt)$\(hash)", "scrypt$016384$8$1$\(salt)$\(hash)",
      "scrypt$16384$8$1000$\(salt)$\(hash)", "scrypt$16384$8$1$\(salt)=$\(hash)",
      "scrypt$16384$8$1$\(salt)$\(hash)A", "scrypt$16384$8$1$$",
      " scrypt$16384$8$1$\(salt)$\(hash)",
    ])
  func refusesMalformed(_ text: String) {
    let error = #expect(throws: CryptoError.self) { try SecretHash(parsing: text) }
    #expect(error?.code == .malformed)
  }
}
