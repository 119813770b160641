/// Why what a passkey made or signed does not count.
public enum PasskeyFault: String, Error, Sendable, Hashable {
  /// The client data is not what a browser writes.
  case clientData
  /// It was made for another purpose: a creation is no proof, and a proof no creation.
  case type
  /// It answers another challenge.
  case challenge
  /// It was made on another site, or in a frame of one.
  case origin
  /// The authenticator's data is not well formed, or says what cannot be.
  case authenticatorData
  /// It is for another relying party.
  case relyingParty
  /// Nobody was there.
  case userPresence
  /// Nobody showed who they are.
  case userVerification
  /// The attestation is of a kind that is not taken, or does not fit.
  case attestation
  /// The key is of a kind that is not taken, or none.
  case key
  /// The key has not signed this.
  case signature
  /// It now says otherwise whether it may be copied than when it was made.
  case backup
}
