import CFido2
import Mutation

/// What a passkey has signed to prove who somebody is (Web Authentication Level 3 section 7.2).
public struct PasskeyProof: Sendable, Hashable {
  /// How often it has signed; 0 where it does not count. It must be more than before.
  public let signCount: UInt32
  /// Whether there is a copy of it.
  public let backedUp: Bool

  /// Checks a proof of a passkey.
  ///
  /// - Parameter backupEligible: What was said of it when it was made.
  /// - Throws: `PasskeyFault`.
  public init(
    authenticatorData: [UInt8], signature: [UInt8], clientData: ClientData, key: CredentialKey,
    backupEligible: Bool, at party: RelyingParty
  ) throws(PasskeyFault) {
    let data = try AuthenticatorData(authenticatorData, at: party)
    guard data.credential == nil else { throw .authenticatorData }
    guard data.backupEligible == backupEligible else { throw .backup }
    guard let native = NativeKey.make(key) else { throw .key }
    guard
      Self.hasSigned(native, key.algorithm, data, signature, clientData, at: party)
        || Mutation.isOn(.takesUnsignedProofs)
    else { throw .signature }
    signCount = data.signCount
    backedUp = data.backedUp
  }

  /// Whether libfido2 takes it: the hash of the relying party, the flags and the signature.
  private static func hasSigned(
    _ key: borrowing NativeKey, _ algorithm: CredentialKey.Algorithm, _ data: AuthenticatorData,
    _ signature: [UInt8], _ client: ClientData, at party: RelyingParty
  ) -> Bool {
    guard let made = fido_assert_new() else { return false }
    defer {
      // Sets what it is given to null, which is this copy of the pointer.
      var pointer: OpaquePointer? = made
      fido_assert_free(&pointer)
    }
    let verified = Mutation.isOn(.takesUnverifiedUsers) ? artel_fido_omit : artel_fido_true
    // Each copies what it is given; the key is only read.
    return fido_assert_set_count(made, 1) == artel_fido_ok
      && fido_assert_set_clientdata_hash(made, client.hash, client.hash.count) == artel_fido_ok
      && fido_assert_set_rp(made, party.id) == artel_fido_ok
      && fido_assert_set_up(made, artel_fido_true) == artel_fido_ok
      && fido_assert_set_uv(made, verified) == artel_fido_ok
      && fido_assert_set_authdata_raw(made, 0, data.bytes, data.bytes.count) == artel_fido_ok
      && fido_assert_set_sig(made, 0, signature, signature.count) == artel_fido_ok
      && fido_assert_verify(made, 0, algorithm.rawValue, UnsafeRawPointer(key.pointer))
        == artel_fido_ok
  }
}
