import LibCrypto
import RPC
import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("The verification of secrets")
struct SecretVerifierTests {
  private let clock = ManualClock()

  private func soon() -> ContinuousClock.Instant { .now + .seconds(60) }

  @Test("knows either of two live secrets", .covers("S-C13"))
  func live() async throws {
    let hashes = [try SecretHash.make("new").encoded, try SecretHash.make("old").encoded]
    let verifier = SecretVerifier(now: clock.now)
    #expect(try await verifier.verify("new", among: hashes, from: "a", deadline: soon()))
    #expect(try await verifier.verify("old", among: hashes, from: "a", deadline: soon()))
    #expect(try await !verifier.verify("other", among: hashes, from: "a", deadline: soon()))
    #expect(try await !verifier.verify("old", among: [hashes[0]], from: "a", deadline: soon()))
    #expect(try await !verifier.verify("", among: [], from: "a", deadline: soon()))
  }

  @Test("remembers a secret that was right, beside the hash that it fits")
  func memory() async throws {
    let hash = try SecretHash.make("secret").encoded
    let other = try SecretHash.make("secret").encoded
    let verifier = SecretVerifier(now: clock.now)
    #expect(!verifier.remembers("secret", among: [hash]))
    #expect(try await verifier.verify("secret", among: [hash], from: "a", deadline: soon()))
    #expect(verifier.remembers("secret", among: [other, hash]))
    #expect(!verifier.remembers("secreT", among: [hash]))
    // Replaced or taken away: what was remembered is worth nothing.
    #expect(!verifier.remembers("secret", among: [other]))
    #expect(!verifier.remembers("secret", among: []))
    clock.advance(.seconds(600))
    #expect(!verifier.remembers("secret", among: [hash]))
  }

  @Test("refuses a stored hash that is none")
  func malformedHash() async {
    await #expect(throws: CryptoError.self) {
      _ = try await SecretVerifier().verify("secret", among: ["x"], from: "a", deadline: soon())
    }
  }
}
