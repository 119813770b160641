import CFido2

/// A passkey that was just made (Web Authentication Level 3 section 7.1).
public struct NewPasskey: Sendable, Hashable {
  /// The identifier that the authenticator chose, 1 to 1023 bytes.
  public let credentialID: [UInt8]
  /// Its public key.
  public let key: CredentialKey
  /// How often it has signed; 0 where it does not count.
  public let signCount: UInt32
  /// Whether it may be copied to other devices.
  public let backupEligible: Bool
  /// Whether there is a copy.
  public let backedUp: Bool

  /// Reads and checks an attestation object: of the format `none`, or `packed` and signed by the
  /// passkey itself. Who made the authenticator is of no interest.
  ///
  /// - Throws: `PasskeyFault`.
  public init(
    attestationObject: [UInt8], clientData: ClientData, at party: RelyingParty
  ) throws(PasskeyFault) {
    guard let object = CBOR(attestationObject[...]), object.memberCount == 3,
      case .text(let format)? = object["fmt"], let statement = object["attStmt"],
      let authenticated = object["authData"]?.bytes
    else { throw .attestation }
    let data = try AuthenticatorData(authenticated, at: party)
    guard let credential = data.credential else { throw .authenticatorData }
    guard
      let algorithm = CredentialKey.Algorithm.allCases.first(where: {
        credential.key[CBOR(3)] == CBOR(Int($0.rawValue))
      })
    else { throw .key }
    guard let native = NativeCredential.make(data, algorithm, clientData, at: party) else {
      throw .key
    }
    key = CredentialKey(algorithm: algorithm, bytes: native.publicKey)
    guard Self.isUsable(key) else { throw .key }
    switch format {
    case "none":
      guard statement.memberCount == 0 else { throw .attestation }
    case "packed":
      guard statement.memberCount == 2, statement["alg"] == CBOR(Int(algorithm.rawValue)),
        let signature = statement["sig"]?.bytes
      else { throw .attestation }
      guard native.hasSigned(signature) else { throw .signature }
    default: throw .attestation
    }
    credentialID = credential.id
    signCount = data.signCount
    backupEligible = data.backupEligible
    backedUp = data.backedUp
  }

  private static func isUsable(_ key: CredentialKey) -> Bool {
    switch NativeKey.make(key) {
    case .some: true
    case .none: false
    }
  }
}

/// A `fido_cred_t`, freed when this value ends.
private struct NativeCredential: ~Copyable {
  private let pointer: OpaquePointer

  private init(pointer: OpaquePointer) { self.pointer = pointer }

  /// Takes a credential over into libfido2, which reads its key; nil where it is none for it.
  static func make(
    _ data: AuthenticatorData, _ algorithm: CredentialKey.Algorithm, _ client: ClientData,
    at party: RelyingParty
  ) -> NativeCredential? {
    guard let made = fido_cred_new() else { return nil }
    let native = NativeCredential(pointer: made)
    // Each copies what it is given. The key must be of the type that was set before.
    guard fido_cred_set_type(made, algorithm.rawValue) == artel_fido_ok,
      fido_cred_set_clientdata_hash(made, client.hash, client.hash.count) == artel_fido_ok,
      fido_cred_set_rp(made, party.id, nil) == artel_fido_ok,
      fido_cred_set_uv(made, artel_fido_true) == artel_fido_ok,
      fido_cred_set_authdata_raw(made, data.bytes, data.bytes.count) == artel_fido_ok
    else { return nil }
    return native
  }

  /// The key, which libfido2 owns and which is copied here.
  var publicKey: [UInt8] {
    guard let base = fido_cred_pubkey_ptr(pointer) else { return [] }
    return Array(UnsafeBufferPointer(start: base, count: fido_cred_pubkey_len(pointer)))
  }

  /// Whether the new key itself has signed the attestation.
  func hasSigned(_ signature: [UInt8]) -> Bool {
    fido_cred_set_fmt(pointer, "packed") == artel_fido_ok
      && fido_cred_set_sig(pointer, signature, signature.count) == artel_fido_ok
      && fido_cred_verify_self(pointer) == artel_fido_ok
  }

  deinit {
    // Sets what it is given to null, which is this copy of the pointer.
    var pointer: OpaquePointer? = pointer
    fido_cred_free(&pointer)
  }
}
