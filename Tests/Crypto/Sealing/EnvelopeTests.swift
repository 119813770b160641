import LibCrypto
import TestSupport
import Testing

@Suite("Envelopes", .covers("S-H1"))
struct EnvelopeTests {
  let key = KeyEncryptionKey(.generate())
  let place = SealedPlace(tenant: "t1", table: "members", column: "passport", row: "r1")

  @Test("opens what was sealed for the place")
  func opens() throws {
    let envelope = Envelope(key: key)
    for plaintext in [[], [0], [UInt8](repeating: 9, count: 5_000)] {
      #expect(try envelope.open(envelope.seal(plaintext, at: place), at: place) == plaintext)
    }
  }

  @Test("writes version, name of the key, nonce, ciphertext and tag")
  func format() throws {
    let sealed = try Envelope(key: key).seal("12345".utf8, at: place)
    #expect(sealed.count == 1 + 8 + 12 + 5 + 16)
    #expect(sealed[0] == 1)
    #expect(Array(sealed[1..<9]) == key.identifier)
  }

  @Test("names a key by the first 8 bytes of its SHA-256")
  func identifier() throws {
    let bytes = [UInt8](repeating: 3, count: 32)
    #expect(
      try KeyEncryptionKey(fileContents: bytes).identifier == Array(SHA256.hash(bytes).prefix(8)))
  }

  static let otherPlaces = [
    SealedPlace(tenant: "t2", table: "members", column: "passport", row: "r1"),
    SealedPlace(tenant: "t1", table: "owners", column: "passport", row: "r1"),
    SealedPlace(tenant: "t1", table: "members", column: "phone", row: "r1"),
    SealedPlace(tenant: "t1", table: "members", column: "passport", row: "r2"),
    // The same bytes in a row, cut at another place.
    SealedPlace(tenant: "t1m", table: "embers", column: "passport", row: "r1"),
    SealedPlace(tenant: "t1", table: "members", column: "passportr", row: "1"),
    SealedPlace(tenant: "", table: "t1members", column: "passport", row: "r1"),
  ]

  @Test("refuses a value moved to another tenant, table, column or row", arguments: otherPlaces)
  func moved(_ other: SealedPlace) throws {
    let envelope = Envelope(key: key)
    let sealed = try envelope.seal("secret".utf8, at: place)
    let error = #expect(throws: CryptoError.self) { try envelope.open(sealed, at: other) }
    #expect(error?.code == .authentication)
  }

  @Test("opens values of older keys, seals with the new one, and tells which are outdated")
  func rolls() throws {
    let new = KeyEncryptionKey(.generate())
    let old = try Envelope(key: key).seal("value".utf8, at: place)
    let both = Envelope(key: new, older: [key])
    #expect(try both.open(old, at: place) == Array("value".utf8))
    #expect(both.isOutdated(old))
    let renewed = try both.seal("value".utf8, at: place)
    #expect(!both.isOutdated(renewed))
    #expect(both.isOutdated([1, 2]))
    #expect(try Envelope(key: new).open(renewed, at: place) == Array("value".utf8))
    let error = #expect(throws: CryptoError.self) { try Envelope(key: new).open(old, at: place) }
    #expect(error?.code == .unknownKey)
  }

  @Test("refuses a value relabelled with the name of another loaded key")
  func relabelled() throws {
    let other = KeyEncryptionKey(.generate())
    var sealed = try Envelope(key: key).seal("value".utf8, at: place)
    sealed.replaceSubrange(1..<9, with: other.identifier)
    let error = #expect(throws: CryptoError.self) {
      try Envelope(key: other, older: [key]).open(sealed, at: place)
    }
    #expect(error?.code == .authentication)
  }

  @Test("refuses other versions and what is too short to be sealed")
  func malformed() throws {
    let envelope = Envelope(key: key)
    let sealed = try envelope.seal([], at: place)
    for value in [[], Array(sealed.dropLast()), [2] + sealed.dropFirst()] {
      let error = #expect(throws: CryptoError.self) { try envelope.open(value, at: place) }
      #expect(error?.code == .malformed)
    }
  }

  @Test("reads key files of 32 bytes or 64 digits with a line end")
  func keyFiles() throws {
    let bytes = (0..<32).map { UInt8($0) }
    let digits = Hexadecimal.encode(bytes)
    let expected = try KeyEncryptionKey(fileContents: bytes).identifier
    for text in [digits, digits.uppercased(), digits + "\n", digits + "\r\n"] {
      #expect(try KeyEncryptionKey(fileContents: Array(text.utf8)).identifier == expected)
    }
  }

  @Test(
    "refuses other key files",
    arguments: [
      [], [UInt8](repeating: 1, count: 31), [UInt8](repeating: 1, count: 33),
      [UInt8](repeating: 0x61, count: 63), [UInt8](repeating: 0x67, count: 64),
      [UInt8](repeating: 0x61, count: 65), Array((String(repeating: "a", count: 64) + "\n\n").utf8),
    ])
  func otherKeyFiles(_ contents: [UInt8]) {
    let error = #expect(throws: CryptoError.self) { try KeyEncryptionKey(fileContents: contents) }
    #expect(error?.code == .malformed)
  }

  @Test("gives each purpose a key of its own, the same as long as one key seals")
  func derivedKeys() {
    let envelope = Envelope(key: key)
    let derived = envelope.derivedKey(for: "a")
    #expect(derived.count == 32)
    #expect(
      derived == Envelope(key: key, older: [KeyEncryptionKey(.generate())]).derivedKey(for: "a"))
    #expect(derived != envelope.derivedKey(for: "b"))
    #expect(derived != Envelope(key: KeyEncryptionKey(.generate())).derivedKey(for: "a"))
  }

  @Test("shows the name of a key only")
  func description() {
    #expect("\(key)" == "KeyEncryptionKey(\(Hexadecimal.encode(key.identifier)))")
  }
}
