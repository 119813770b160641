import TestSupport
import Testing

@testable import LibCrypto

@Suite(
  "AES-256-GCM and HMAC-SHA-256 with the vectors of NIST and RFC 4231", .covers("S-H1"),
  .enabled(if: NISTVectors.folder != nil, "ARTEL_NIST names no folder"))
struct NISTVectorTests {
  private func gcm(_ name: String) throws -> [NISTVectors.Vector] {
    try NISTVectors.read("ciphers/AES/GCM/\(name)256.rsp").filter {
      $0.values["IVlen"] == "96" && $0.values["Taglen"] == "128" && $0.values["Count"] != nil
    }
  }

  @Test("seals as every one of them says")
  func seals() throws {
    let vectors = try gcm("gcmEncryptExtIV")
    #expect(vectors.count == 375)
    for vector in vectors {
      let sealed = try AESGCM.seal(
        vector.bytes("PT"), key: try AES256Key(vector.bytes("Key")), nonce: vector.bytes("IV"),
        authenticating: vector.bytes("AAD"))
      #expect(sealed == vector.bytes("IV") + vector.bytes("CT") + vector.bytes("Tag"))
    }
  }

  @Test("opens those that are to open, and no other")
  func opens() throws {
    let vectors = try gcm("gcmDecrypt")
    #expect(vectors.count == 375)
    #expect(vectors.contains { $0.values["FAIL"] != nil })
    for vector in vectors {
      let opened = try? AESGCM.open(
        vector.bytes("IV") + vector.bytes("CT") + vector.bytes("Tag"),
        key: try AES256Key(vector.bytes("Key")), authenticating: vector.bytes("AAD"))
      #expect(opened == (vector.values["FAIL"] == nil ? vector.bytes("PT") : nil))
    }
  }

  @Test("makes the codes of RFC 4231")
  func codes() throws {
    let vectors = try NISTVectors.read("HMAC/rfc-4231-sha256.txt").filter {
      $0.values["MD"] != nil
    }
    #expect(vectors.count == 6)
    for vector in vectors {
      let code = HMACSHA256.code(of: vector.bytes("Msg"), key: vector.bytes("Key"))
      #expect(code == vector.bytes("MD"))
    }
  }
}
