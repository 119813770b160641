import PasskeyTestSupport
import TestSupport
import Testing

@testable import Passkeys

@Suite("A passkey that is made")
struct CreationTests {
  private let party = RelyingParty(origin: "https://alpha.artel.localhost")!
  private let challenge = [UInt8](repeating: 7, count: 32)

  private func make(_ creation: SoftAuthenticator.Creation) throws -> NewPasskey {
    let client = try ClientData(creation.clientData, for: .creation, at: party)
    #expect(client.challenge == challenge)
    return try NewPasskey(
      attestationObject: creation.attestationObject, clientData: client, at: party)
  }

  private func refuses(
    _ fault: PasskeyFault, sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout SoftAuthenticator) -> Void
  ) throws {
    var device = try SoftAuthenticator(host: party.id)
    change(&device)
    #expect(throws: fault, sourceLocation: sourceLocation) {
      try make(device.create(challenge))
    }
  }

  @Test("is taken with the formats none and packed, and keeps what it says of copies")
  func good() throws {
    var device = try SoftAuthenticator(host: party.id)
    device.signCount = 9
    for format in ["none", "packed"] {
      let made = try make(device.create(challenge, format: format))
      #expect(made.credentialID == device.id)
      #expect(made.signCount == 9)
      #expect(!made.backupEligible && !made.backedUp)
    }
    device.flags |= SoftAuthenticator.eligible
    #expect(try make(device.create(challenge)).backupEligible)
    device.id = [UInt8](repeating: 1, count: 1023)
    #expect(try make(device.create(challenge)).credentialID.count == 1023)
  }

  @Test(
    "is refused from another page: another host, scheme, port, or a frame", .covers("S-H10"))
  func origin() throws {
    for origin in [
      "https://beta.artel.localhost", "http://alpha.artel.localhost",
      "https://alpha.artel.localhost:8443", "https://alpha.artel.localhost/",
      "https://ALPHA.artel.localhost", "https://x.alpha.artel.localhost", "null", "",
    ] {
      try refuses(.origin) { $0.origin = origin }
    }
    try refuses(.origin) { $0.more = #","crossOrigin":true"# }
    try refuses(.origin) { $0.more = #","topOrigin":"https://evil.example""# }
    try refuses(.clientData) { $0.more = #","crossOrigin":"no""# }
    try refuses(.relyingParty) { $0.host = "beta.artel.localhost" }
    try refuses(.relyingParty) { $0.host = "artel.localhost" }
    // Browsers add members that nobody knows.
    var device = try SoftAuthenticator(host: party.id)
    device.more = #","crossOrigin":false,"other_keys_can_be_added_here":"yes""#
    _ = try make(device.create(challenge))
  }

  @Test("is refused for another purpose, and where its client data is no strict JSON")
  func clientData() throws {
    let device = try SoftAuthenticator(host: party.id)
    #expect(throws: PasskeyFault.type) {
      try make(device.create(challenge, type: "webauthn.get"))
    }
    try refuses(.clientData) { $0.more = #","origin":"https://alpha.artel.localhost""# }
    try refuses(.clientData) { $0.more = "} {" }
    for text in ["", "null", "[]", #"{"type":"webauthn.create"}"#, "\u{feff}{}"] {
      #expect(throws: PasskeyFault.clientData) {
        try ClientData(Array(text.utf8), for: .creation, at: party)
      }
    }
  }

  @Test("needs its user there and verified, and says nothing that cannot be", .covers("S-H10"))
  func flags() throws {
    try refuses(.userPresence) { $0.flags = SoftAuthenticator.verified }
    try refuses(.userVerification) { $0.flags = SoftAuthenticator.present }
    try refuses(.authenticatorData) { $0.flags |= SoftAuthenticator.copied }
    for reserved: UInt8 in [2, 32] { try refuses(.authenticatorData) { $0.flags |= reserved } }
    // Extensions that are announced and not there, there and not announced, or no map.
    try refuses(.authenticatorData) { $0.flags |= 128 }
    try refuses(.authenticatorData) { $0.extra = [0xa0] }
    try refuses(.authenticatorData) {
      $0.flags |= 128
      $0.extra = [0x01]
    }
    try refuses(.authenticatorData) {
      $0.flags |= 128
      $0.extra = [0xa0, 0]
    }
    var device = try SoftAuthenticator(host: party.id)
    device.flags |= 128
    device.extra = [0xa0]
    _ = try make(device.create(challenge))
  }

  @Test("has an identifier of 1 to 1023 bytes, and a key of a kind that is taken")
  func credential() throws {
    try refuses(.authenticatorData) { $0.id = [] }
    try refuses(.authenticatorData) { $0.id = [UInt8](repeating: 1, count: 1024) }
    for algorithm in [-35, -37, -65535, -8, -257, 7, 0] {
      try refuses(.key) { $0.algorithm = algorithm }
    }
    let device = try SoftAuthenticator(host: party.id)
    var creation = device.create(challenge)
    // The last byte of y: a point that is not on the curve.
    creation.attestationObject[creation.attestationObject.count - 1] ^= 1
    #expect(throws: PasskeyFault.key) { try make(creation) }
    // A proof makes no passkey.
    let proof = device.prove(challenge)
    creation.attestationObject = CBORWriter.map([
      (CBORWriter.text("fmt"), CBORWriter.text("none")),
      (CBORWriter.text("attStmt"), CBORWriter.map([])),
      (CBORWriter.text("authData"), CBORWriter.bytes(proof.authenticatorData)),
    ])
    #expect(throws: PasskeyFault.authenticatorData) { try make(creation) }
  }

  @Test("has an attestation of no other kind")
  func attestation() throws {
    let device = try SoftAuthenticator(host: party.id)
    for format in ["fido-u2f", "tpm", "apple", "android-key", "NONE", ""] {
      #expect(throws: PasskeyFault.attestation) {
        try make(device.create(challenge, format: format))
      }
    }
    let odd = CBORWriter.map([(CBORWriter.text("x"), CBORWriter.number(1))])
    #expect(throws: PasskeyFault.attestation) {
      try make(device.create(challenge, statement: odd))
    }
    // Signed by another key than its own.
    var other = try SoftAuthenticator(host: party.id)
    other.id = device.id
    let (one, two) = (
      device.create(challenge, format: "packed"), other.create(challenge, format: "packed")
    )
    let mark = Array("authData".utf8)
    let (head, _) = try split(one.attestationObject, at: mark)
    let (_, tail) = try split(two.attestationObject, at: mark)
    #expect(throws: PasskeyFault.signature) {
      try make(.init(clientData: one.clientData, attestationObject: head + tail))
    }
    let good = device.create(challenge)
    for bad in [
      good.attestationObject + [0], Array(good.attestationObject.dropLast()), [], [0xa0], [0x9f],
    ] {
      #expect(throws: PasskeyFault.attestation) {
        try make(.init(clientData: good.clientData, attestationObject: bad))
      }
    }
  }

  private func split(_ bytes: [UInt8], at mark: [UInt8]) throws -> ([UInt8], [UInt8]) {
    let start = try #require(
      bytes.indices.first { bytes[$0...].starts(with: mark) })
    return (Array(bytes[..<start]), Array(bytes[start...]))
  }
}
