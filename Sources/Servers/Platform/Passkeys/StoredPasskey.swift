import GeneratedPeople
import Passkeys
import Postgres
import Storage

/// A passkey that somebody signs in with.
struct StoredPasskey: Sendable {
  let id: String
  let personID: String
  let login: String
  let key: CredentialKey
  let backupEligible: Bool

  /// Finds one of a person who may sign in.
  static func read(_ credentialID: [UInt8], _ change: TenantChange) async throws -> StoredPasskey? {
    let rows = try await change.query(
      Statement(
        """
        SELECT k.passkey_id, k.person_id, p.sealed_login, k.algorithm, k.public_key,
          k.backup_eligible
        FROM artel.passkey AS k JOIN artel.person AS p USING (tenant_id, person_id)
        WHERE k.credential_id = $1 AND NOT p.disabled
        """, .bytes(credentialID)))
    guard let row = rows.first,
      let algorithm = CredentialKey.Algorithm(rawValue: Int32(clamping: try row.int(3)))
    else { return nil }
    let person = try row.uuid(1)
    return StoredPasskey(
      id: try row.uuid(0), personID: person, login: try await change.login(row, 2, of: person),
      key: CredentialKey(algorithm: algorithm, bytes: try row.bytes(4)),
      backupEligible: try row.bool(5))
  }

  /// Checks what it has signed.
  func prove(
    _ assertion: Artel_People_V1_PasskeyAssertion, _ client: ClientData, at party: RelyingParty
  ) throws(PasskeyFault) -> PasskeyProof {
    try PasskeyProof(
      authenticatorData: Array(assertion.authenticatorData),
      signature: Array(assertion.signature), clientData: client, key: key,
      backupEligible: backupEligible, at: party)
  }
}
