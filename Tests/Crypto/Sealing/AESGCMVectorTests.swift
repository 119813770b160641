import TestSupport
import Testing

@testable import LibCrypto

@Suite(
  "AES-256-GCM and Wycheproof's vectors", .covers("S-H1"),
  .enabled(if: Wycheproof.folder != nil, "ARTEL_WYCHEPROOF names no folder"))
struct AESGCMVectorTests {
  private struct Group: Decodable {
    var keySize, ivSize, tagSize: Int
    var tests: [Vector]
  }

  private struct Vector: Decodable {
    var tcId: Int
    var key, iv, aad, msg, ct, tag: HexadecimalBytes
    var result: Wycheproof.Verdict
  }

  @Test("seals and opens what is valid of them, and opens nothing else")
  func vectors() throws {
    let groups = try Wycheproof.groups("Cipher/wycheproof/aes_gcm", of: Group.self)
      .filter { $0.keySize == 256 && $0.ivSize == 96 && $0.tagSize == 128 }
    let vectors = groups.flatMap(\.tests)
    // As many as the pinned package has: fewer would prove less than is said.
    #expect(vectors.count >= 60)
    for vector in vectors {
      let key = try AES256Key(vector.key.bytes)
      let sealed = vector.iv.bytes + vector.ct.bytes + vector.tag.bytes
      let opened = try? AESGCM.open(sealed, key: key, authenticating: vector.aad.bytes)
      guard vector.result == .valid else {
        #expect(opened == nil, "\(vector.tcId)")
        continue
      }
      #expect(opened == vector.msg.bytes, "\(vector.tcId)")
      let again = try AESGCM.seal(
        vector.msg.bytes, key: key, nonce: vector.iv.bytes, authenticating: vector.aad.bytes)
      #expect(again == sealed, "\(vector.tcId)")
    }
  }
}
