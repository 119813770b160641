import PasskeyTestSupport
import TestSupport
import Testing

@testable import Passkeys

@Suite("A proof by a passkey")
struct ProofTests {
  private let party = RelyingParty(origin: "https://alpha.artel.localhost")!
  private let challenge = [UInt8](repeating: 7, count: 32)

  /// What is said of a proof by a device that has changed since it was made.
  private func prove(
    type: String = "webauthn.get", _ change: (inout SoftAuthenticator) -> Void = { _ in },
    after: (inout SoftAuthenticator.Proof) -> Void = { _ in }
  ) throws -> PasskeyProof {
    var device = try SoftAuthenticator(host: party.id)
    let creation = device.create(challenge)
    let made = try NewPasskey(
      attestationObject: creation.attestationObject,
      clientData: ClientData(creation.clientData, for: .creation, at: party), at: party)
    change(&device)
    var proof = device.prove(challenge, type: type)
    after(&proof)
    return try PasskeyProof(
      authenticatorData: proof.authenticatorData, signature: proof.signature,
      clientData: ClientData(proof.clientData, for: .proof, at: party), key: made.key,
      backupEligible: made.backupEligible, at: party)
  }

  @Test("is taken with its counter, and with extensions that nobody asked for")
  func good() throws {
    #expect(try prove().signCount == 0)
    #expect(try prove { $0.signCount = .max }.signCount == .max)
    _ = try prove {
      $0.flags |= 128
      $0.extra = [0xa0]
    }
  }

  @Test("is refused from elsewhere, for another purpose and without its user", .covers("S-H10"))
  func bad() throws {
    #expect(throws: PasskeyFault.origin) {
      try prove { $0.origin = "https://alpha.artel.localhost.evil.example" }
    }
    #expect(throws: PasskeyFault.relyingParty) { try prove { $0.host = "beta.artel.localhost" } }
    #expect(throws: PasskeyFault.type) { try prove(type: "webauthn.create") }
    #expect(throws: PasskeyFault.type) { try prove(type: "payment.get") }
    #expect(throws: PasskeyFault.userPresence) { try prove { $0.flags = 4 } }
    #expect(throws: PasskeyFault.userVerification) { try prove { $0.flags = 1 } }
    #expect(throws: PasskeyFault.backup) {
      try prove { $0.flags |= SoftAuthenticator.eligible }
    }
    #expect(throws: PasskeyFault.authenticatorData) { try prove { $0.extra = [0] } }
    #expect(throws: PasskeyFault.authenticatorData) {
      try prove(after: { $0.authenticatorData.removeLast() })
    }
  }

  @Test("is refused unless its own key has signed all of it", .covers("S-H10"))
  func signature() throws {
    for index in [33, 36] {
      #expect(throws: PasskeyFault.signature) {
        try prove(after: { $0.authenticatorData[index] ^= 1 })
      }
    }
    #expect(throws: PasskeyFault.signature) {
      try prove(after: { $0.clientData.append(UInt8(ascii: " ")) })
    }
    let other = try SoftAuthenticator(host: party.id).prove(challenge)
    #expect(throws: PasskeyFault.signature) { try prove(after: { $0.signature = other.signature }) }
    for odd: [UInt8] in [[], [0x30], [UInt8](repeating: 0, count: 64)] {
      #expect(throws: PasskeyFault.signature) { try prove(after: { $0.signature = odd }) }
    }
  }

  @Test("is refused with a stored key that is none")
  func key() throws {
    let device = try SoftAuthenticator(host: party.id)
    let proof = device.prove(challenge)
    for algorithm in CredentialKey.Algorithm.allCases {
      #expect(throws: PasskeyFault.self) {
        try PasskeyProof(
          authenticatorData: proof.authenticatorData, signature: proof.signature,
          clientData: ClientData(proof.clientData, for: .proof, at: party),
          key: CredentialKey(algorithm: algorithm, bytes: [1, 2, 3]), backupEligible: false,
          at: party)
      }
    }
  }

  @Test("is for the host of an https origin without a port")
  func parties() {
    #expect(RelyingParty(origin: "https://a.example")?.id == "a.example")
    for origin in [
      "", "https://", "http://a.example", "https://a.example:1", "https://a.example/",
      "https://u@a.example", "https://a.example?x",
    ] {
      #expect(RelyingParty(origin: origin) == nil)
    }
  }
}
