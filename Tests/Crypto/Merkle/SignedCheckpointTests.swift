import LibCrypto
import TestSupport
import Testing

@Suite("Signed checkpoints")
struct SignedCheckpointTests {
  private let key: Ed25519Key

  init() throws {
    key = try Ed25519Key(seed: (0..<32).map { UInt8($0) })
  }

  @Test("sign as RFC 8032 does", .covers("S-H7"))
  func signs() throws {
    // Section 7.1, TEST 2.
    let key = try Ed25519Key(
      fileContents: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    #expect(
      Hexadecimal.encode(key.publicKey)
        == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    let signature = try key.signature(of: [0x72])
    #expect(
      Hexadecimal.encode(signature)
        == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    #expect(Ed25519Key.isValid(signature, of: [0x72], publicKey: key.publicKey))
    #expect(!Ed25519Key.isValid(signature, of: [0x73], publicKey: key.publicKey))
    #expect(!Ed25519Key.isValid([], of: [0x72], publicKey: key.publicKey))
    #expect(throws: CryptoError.self) { try Ed25519Key(fileContents: "abc") }
    #expect("\(key)".contains("3d4017c3") && !"\(key)".contains("4ccd089b"))
  }

  @Test("are notes of three lines and a signature", .covers("S-H7"))
  func notes() throws {
    let checkpoint = try SignedCheckpoint(
      origin: "alpha.example/audit", size: 7, root: MerkleHash.empty, key: key)
    let lines = checkpoint.note.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(4) == [
        "alpha.example/audit", "7", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "",
      ])
    #expect(lines[4].hasPrefix("\u{2014} alpha.example/audit "))
    let read = try #require(SignedCheckpoint(note: checkpoint.note))
    #expect(read == checkpoint && read.isSigned(by: key.publicKey))
    let line = SignedCheckpoint.verifierKey(origin: "alpha.example/audit", publicKey: key.publicKey)
    #expect(line.split(separator: "+", maxSplits: 2).count == 3)
  }

  @Test("are refused with another size, root, name or key", .covers("S-H7"))
  func forgeries() throws {
    let note = try SignedCheckpoint(
      origin: "alpha.example/audit", size: 7, root: MerkleHash.empty, key: key
    ).note
    for (old, new) in [
      ("\n7\n", "\n8\n"), ("\n47DE", "\n57DE"), ("alpha.example/audit\n7", "beta.example/audit\n7"),
      ("\u{2014} alpha", "\u{2014} beta"), ("\u{2014}", "-"),
    ] {
      let forged = note.replacing(old, with: new, maxReplacements: 1)
      #expect(forged != note)
      #expect(SignedCheckpoint(note: forged)?.isSigned(by: key.publicKey) != true)
    }
    let other = try Ed25519Key(seed: [UInt8](repeating: 1, count: 32))
    #expect(SignedCheckpoint(note: note)?.isSigned(by: other.publicKey) == false)
    for text in [
      "", "a\n7\n", "a\n-1\nAA==\n\n",
      "a\n07\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nx\n",
    ] {
      #expect(SignedCheckpoint(note: text) == nil)
    }
  }
}
