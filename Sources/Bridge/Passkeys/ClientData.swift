import LibCrypto
import Mutation
import Pipeline

/// What the browser says of a call (Web Authentication Level 3 section 5.8.1): `clientDataJSON`.
public struct ClientData: Sendable, Hashable {
  /// What a call is for.
  public enum Purpose: String, Sendable {
    /// A passkey is made.
    case creation = "webauthn.create"
    /// A passkey proves who somebody is.
    case proof = "webauthn.get"
  }

  /// What was asked for with.
  public let challenge: [UInt8]
  /// What an authenticator signs in place of the text.
  let hash: [UInt8]

  /// Reads and checks it, but for the challenge, which is to be looked up.
  ///
  /// - Throws: `PasskeyFault` unless it is of this purpose and of a page of the relying party, which
  ///   is no frame of another site.
  public init(
    _ json: [UInt8], for purpose: Purpose, at party: RelyingParty
  ) throws(PasskeyFault) {
    guard let data = StrictJSON(json, maxDepth: 4),
      let text = data["challenge"]?.string,
      let challenge = Base64URL.decode(text), Base64URL.encode(challenge) == text,
      let origin = data["origin"]?.string
    else { throw .clientData }
    guard data["type"]?.string == purpose.rawValue || Mutation.isOn(.takesOtherCeremonies) else {
      throw .type
    }
    guard origin == party.origin || Mutation.isOn(.takesForeignOrigins) else { throw .origin }
    switch data["crossOrigin"] {
    case nil, .bool(false): break
    case .bool(true): throw .origin
    default: throw .clientData
    }
    guard data["topOrigin"] == nil else { throw .origin }
    self.challenge = challenge
    hash = SHA256.hash(json)
  }
}
