import TestSupport
import Testing

@testable import LibCrypto

/// One vector for AES-256: hexadecimal digits.
struct GCMVector: Sendable {
  var key, nonce, plaintext, additional, ciphertext, tag: String

  static let zero = String(repeating: "0", count: 64)
  static let fe = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"

  /// The mode's specification (test cases 13 to 16) and NIST's GCMVS, 96-bit nonces, 128-bit tags.
  static let all = [
    GCMVector(
      key: zero, nonce: "000000000000000000000000", plaintext: "", additional: "", ciphertext: "",
      tag: "530f8afbc74536b9a963b4f1c4cb738b"),
    GCMVector(
      key: zero, nonce: "000000000000000000000000", plaintext: "00000000000000000000000000000000",
      additional: "", ciphertext: "cea7403d4d606b6e074ec5d3baf39d18",
      tag: "d0d1c8a799996bf0265b98b5d48ab919"),
    GCMVector(
      key: fe, nonce: "cafebabefacedbaddecaf888",
      plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
      additional: "",
      ciphertext: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
      tag: "b094dac5d93471bdec1a502270e3cc6c"),
    GCMVector(
      key: fe, nonce: "cafebabefacedbaddecaf888",
      plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
      additional: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
      ciphertext: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
      tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    GCMVector(
      key: "b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4",
      nonce: "516c33929df5a3284ff463d7", plaintext: "", additional: "", ciphertext: "",
      tag: "bdc1ac884d332457a1d2664f168c76f0"),
    GCMVector(
      key: "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22",
      nonce: "0d18e06c7c725ac9e362e1ce", plaintext: "2db5168e932556f8089a0622981d017d",
      additional: "", ciphertext: "fa4362189661d163fcd6a56d8bf0405a",
      tag: "d636ac1bbedd5cc3ee727dc2ab4a9489"),
    GCMVector(
      key: "92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b",
      nonce: "ac93a1a6145299bde902f21a", plaintext: "2d71bcfa914e4ac045b2aa60955fad24",
      additional: "1e0889016f67601c8ebea4943bc23ad6",
      ciphertext: "8995ae2e6df3dbf96fac7b7137bae67f", tag: "eca5aa77d51d4a0a14d9c51e1da474ab"),
  ]
}

@Suite("AES-256-GCM", .covers("S-H1"))
struct AESGCMTests {
  @Test("seals and opens NIST's vectors", arguments: GCMVector.all)
  func vectors(_ vector: GCMVector) throws {
    let key = try AES256Key(bytes(vector.key))
    let sealed = try AESGCM.seal(
      bytes(vector.plaintext), key: key, nonce: bytes(vector.nonce),
      authenticating: bytes(vector.additional))
    #expect(sealed == bytes(vector.nonce + vector.ciphertext + vector.tag))
    #expect(
      try AESGCM.open(sealed, key: key, authenticating: bytes(vector.additional))
        == bytes(vector.plaintext))
  }

  @Test("refuses a value with any bit changed")
  func changedBits() throws {
    let key = AES256Key.generate()
    let sealed = try AESGCM.seal("value".utf8, key: key, authenticating: "place".utf8)
    for index in sealed.indices {
      for bit in 0..<8 {
        var changed = sealed
        changed[index] ^= 1 << UInt8(bit)
        let error = #expect(throws: CryptoError.self) {
          try AESGCM.open(changed, key: key, authenticating: "place".utf8)
        }
        #expect(error?.code == .authentication)
      }
    }
  }

  @Test("refuses another key, other additional data and a shortened value")
  func otherInputs() throws {
    let key = AES256Key.generate()
    let sealed = try AESGCM.seal("value".utf8, key: key, authenticating: "place".utf8)
    #expect(throws: CryptoError.self) {
      try AESGCM.open(sealed, key: .generate(), authenticating: "place".utf8)
    }
    #expect(throws: CryptoError.self) {
      try AESGCM.open(sealed, key: key, authenticating: "places".utf8)
    }
    for length in 0..<sealed.count {
      #expect(throws: CryptoError.self) {
        try AESGCM.open(sealed.prefix(length), key: key, authenticating: "place".utf8)
      }
    }
  }

  @Test("takes a new nonce of 96 bits for each value")
  func nonces() throws {
    let key = AES256Key.generate()
    let nonces = try (0..<500).map { _ in
      Array(try AESGCM.seal([], key: key, authenticating: []).prefix(12))
    }
    #expect(Set(nonces).count == 500)
  }

  @Test("refuses to seal more than 2^32 values with one key")
  func exhausted() throws {
    let key = try AES256Key([UInt8](repeating: 7, count: 32), sealed: AES256Key.sealLimit - 1)
    let last = try AESGCM.seal("last".utf8, key: key, authenticating: [])
    let error = #expect(throws: CryptoError.self) {
      try AESGCM.seal("one more".utf8, key: key, authenticating: [])
    }
    #expect(error?.code == .exhausted)
    #expect(try AESGCM.open(last, key: key, authenticating: []) == Array("last".utf8))
  }

  @Test("takes keys of 32 bytes only and shows none", arguments: [0, 16, 31, 33])
  func keySizes(_ size: Int) {
    let error = #expect(throws: CryptoError.self) {
      try AES256Key([UInt8](repeating: 1, count: size))
    }
    #expect(error?.code == .malformed)
    #expect("\(AES256Key.generate())" == "AES256Key(hidden)")
  }

  private func bytes(_ digits: String) -> [UInt8] { Hexadecimal.decode(digits.utf8) ?? [] }
}
