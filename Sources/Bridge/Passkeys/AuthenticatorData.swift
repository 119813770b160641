import LibCrypto
import Mutation

/// What an authenticator says (Web Authentication Level 3 section 6.1), read to its last byte.
struct AuthenticatorData: Sendable {
  /// A passkey that was just made.
  struct Credential: Sendable {
    let id: [UInt8]
    /// As COSE has it (RFC 9052 section 7).
    let key: CBOR
  }

  private static let mostOfIdentifier = 1023

  let bytes: [UInt8]
  let signCount: UInt32
  let backupEligible: Bool
  let backedUp: Bool
  /// Only where one was made.
  let credential: Credential?

  init(_ bytes: [UInt8], at party: RelyingParty) throws(PasskeyFault) {
    // The hash of the relying party, the flags, and the counter.
    guard bytes.count >= 37 else { throw .authenticatorData }
    guard bytes.prefix(32).elementsEqual(SHA256.hash(Array(party.id.utf8))) else {
      throw .relyingParty
    }
    let flags = Flags(rawValue: bytes[32])
    guard flags.isSubset(of: .known) else { throw .authenticatorData }
    guard flags.contains(.userPresent) else { throw .userPresence }
    guard flags.contains(.userVerified) || Mutation.isOn(.takesUnverifiedUsers) else {
      throw .userVerification
    }
    backupEligible = flags.contains(.backupEligible)
    backedUp = flags.contains(.backedUp)
    guard backupEligible || !backedUp else { throw .authenticatorData }
    self.bytes = bytes
    signCount = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
    var rest = bytes[37...]
    if flags.contains(.credential) {
      guard let (credential, behind) = Self.credential(rest) else { throw .authenticatorData }
      self.credential = credential
      rest = behind
    } else {
      credential = nil
    }
    if flags.contains(.extensions) {
      guard let (extensions, behind) = CBOR.read(rest), extensions.memberCount != nil else {
        throw .authenticatorData
      }
      rest = behind
    }
    guard rest.isEmpty else { throw .authenticatorData }
  }

  private static func credential(
    _ bytes: ArraySlice<UInt8>
  ) -> (Credential, rest: ArraySlice<UInt8>)? {
    // The model of the authenticator, of which nothing is believed without an attestation.
    var rest = bytes.dropFirst(16)
    guard rest.count >= 2 else { return nil }
    let count = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(2)
    guard (1...mostOfIdentifier).contains(count), rest.count > count else { return nil }
    let id = Array(rest.prefix(count))
    guard let (key, behind) = CBOR.read(rest.dropFirst(count)), key.memberCount != nil else {
      return nil
    }
    return (Credential(id: id, key: key), behind)
  }

  private struct Flags: OptionSet {
    let rawValue: UInt8
    static let userPresent = Flags(rawValue: 1)
    static let userVerified = Flags(rawValue: 1 << 2)
    static let backupEligible = Flags(rawValue: 1 << 3)
    static let backedUp = Flags(rawValue: 1 << 4)
    static let credential = Flags(rawValue: 1 << 6)
    static let extensions = Flags(rawValue: 1 << 7)
    static let known: Flags = [
      .userPresent, .userVerified, .backupEligible, .backedUp, .credential, .extensions,
    ]
  }
}
