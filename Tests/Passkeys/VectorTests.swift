import Foundation
import Testing

@testable import Passkeys

/// What python-fido2 makes and takes.
private struct Vector: Decodable {
  let title: String
  let algorithm: Int32
  let credentialID: Data
  let clientData: Data
  let attestationObject: Data
  let proofClientData: Data
  let authenticatorData: Data
  let signature: Data

  static func all() throws -> [Vector] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("vectors.json")
    return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))
  }
}

@Suite("Passkeys of another implementation")
struct VectorTests {
  @Test("are taken, with each algorithm and both formats, and not with a bit of them changed")
  func vectors() throws {
    let party = try #require(RelyingParty(origin: "https://alpha.artel.localhost"))
    let vectors = try Vector.all()
    #expect(Set(vectors.map(\.algorithm)) == [-7, -8, -257])
    for vector in vectors {
      let client = try ClientData(Array(vector.clientData), for: .creation, at: party)
      let made = try NewPasskey(
        attestationObject: Array(vector.attestationObject), clientData: client, at: party)
      #expect(made.credentialID == Array(vector.credentialID), "\(vector.title)")
      #expect(made.key.algorithm.rawValue == vector.algorithm, "\(vector.title)")
      #expect(made.signCount == 1)
      #expect(made.backupEligible == vector.title.hasSuffix("none"))
      #expect(made.backedUp == made.backupEligible)
      let asked = try ClientData(Array(vector.proofClientData), for: .proof, at: party)
      func prove(_ signature: [UInt8]) throws -> PasskeyProof {
        try PasskeyProof(
          authenticatorData: Array(vector.authenticatorData), signature: signature,
          clientData: asked, key: made.key, backupEligible: made.backupEligible, at: party)
      }
      #expect(try prove(Array(vector.signature)).signCount == 2, "\(vector.title)")
      var changed = Array(vector.signature)
      changed[changed.count - 1] ^= 1
      #expect(throws: PasskeyFault.signature) { try prove(changed) }
      #expect(throws: PasskeyFault.signature) { try prove([]) }
      // A signature over the creation is none over the proof.
      #expect(throws: PasskeyFault.signature) {
        try PasskeyProof(
          authenticatorData: Array(vector.authenticatorData), signature: Array(vector.signature),
          clientData: client, key: made.key, backupEligible: made.backupEligible, at: party)
      }
    }
  }

  @Test("of which any bit of the attested data is changed are refused")
  func attested() throws {
    let party = try #require(RelyingParty(origin: "https://alpha.artel.localhost"))
    for vector in try Vector.all() where vector.title.hasSuffix("packed") {
      let client = try ClientData(Array(vector.clientData), for: .creation, at: party)
      let object = Array(vector.attestationObject)
      for index in object.indices {
        var changed = object
        changed[index] ^= 1
        #expect(throws: PasskeyFault.self, "\(vector.title) \(index)") {
          try NewPasskey(attestationObject: changed, clientData: client, at: party)
        }
      }
    }
  }
}
