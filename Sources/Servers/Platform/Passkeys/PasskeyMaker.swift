import FoundationEssentials
import GeneratedPeople
import LibCrypto
import Passkeys
import Pipeline
import Postgres
import RPC
import Storage

/// Makes passkeys for a person who has just signed in.
struct PasskeyMaker: Sendable {
  let tenant: Tenant
  let personID: String

  /// What the browser is to make one from.
  func begin(_ change: TenantChange) async throws -> Artel_People_V1_PasskeyCreation {
    let party = try tenant.relyingParty
    let person = try await person(change)
    let present = try await change.query(PasskeyRow.all(of: personID))
    guard present.count < Int(PasskeyRow.most) else {
      throw Refusal.limit("passkeys", PasskeyRow.most)
    }
    let challenge = try await PasskeyChallenge.make(for: .creation, personID: personID, change)
    let texts = try await change.vault.texts([
      try PersonRow.Sealed.login.cell(person, 0, tenantID: tenant.id, key: personID),
      try PersonRow.Sealed.displayName.cell(person, 1, tenantID: tenant.id, key: personID),
    ])
    let (login, displayName) = (texts[0], texts[1])
    let known = try present.map { Data(try PasskeyRow.credentialID($0)) }
    return .with {
      $0.challenge = Data(challenge)
      $0.relyingPartyID = party.id
      $0.relyingPartyName = tenant.displayName
      $0.userID = Data(PasskeyRow.userHandle(personID))
      $0.userName = login
      $0.userDisplayName = displayName.isEmpty ? login : displayName
      $0.algorithms = CredentialKey.Algorithm.allCases.map(\.rawValue)
      $0.excludedCredentialIds = known
      $0.timeoutSeconds = PasskeyChallenge.life
    }
  }

  /// What a browser made, read before anything is looked up.
  struct Made: Sendable {
    let client: ClientData
    let passkey: Result<NewPasskey, PasskeyFault>
  }

  /// Reads what a browser made.
  func read(_ attestation: Artel_People_V1_PasskeyAttestation) throws -> Made {
    let party = try tenant.relyingParty
    do {
      let client = try ClientData(Array(attestation.clientDataJson), for: .creation, at: party)
      return Made(
        client: client,
        passkey: Result { () throws(PasskeyFault) in
          try NewPasskey(
            attestationObject: Array(attestation.attestationObject), clientData: client, at: party)
        })
    } catch {
      throw Self.refusal(error)
    }
  }

  /// Uses up the challenge, and keeps the passkey where it is a good one: in one change, so that
  /// nothing comes of what was begun before the person was reset.
  ///
  /// - Returns: the refusal of a bad one, to be thrown behind the change.
  func keep(
    _ made: Made, displayName: String, _ change: TenantChange
  ) async throws -> Result<Artel_People_V1_Passkey, RPCError> {
    let name = try PasskeyRow.checkedName(displayName, "display_name")
    // Locks the person: two at once are not to be more than there may be.
    _ = try await person(change)
    guard
      try await PasskeyChallenge.take(
        made.client.challenge, for: .creation, personID: personID, change) != nil
    else { throw Self.ended }
    switch made.passkey {
    case .success(let passkey):
      return .success(try await insert(passkey, name, change))
    case .failure(let fault): return .failure(Self.refusal(fault))
    }
  }

  private func insert(
    _ made: NewPasskey, _ name: String, _ change: TenantChange
  ) async throws -> Artel_People_V1_Passkey {
    guard try await change.query(PasskeyRow.all(of: personID)).count < Int(PasskeyRow.most) else {
      throw Refusal.limit("passkeys", PasskeyRow.most)
    }
    let id = UUIDv7.make()
    let count = try await change.execute(
      Statement(
        """
        INSERT INTO artel.passkey (tenant_id, passkey_id, person_id, credential_id, algorithm,
          public_key, sign_count, backup_eligible, backed_up, sealed_display_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (tenant_id, credential_id) DO NOTHING
        """,
        .uuid(tenant.id), .uuid(id), .uuid(personID), .bytes(made.credentialID),
        .int4(made.key.algorithm.rawValue), .bytes(made.key.bytes), .int8(Int64(made.signCount)),
        .bool(made.backupEligible), .bool(made.backedUp),
        try await PasskeyRow.sealed(name, id, of: personID, change)))
    guard count == 1 else { throw Refusal.exists("attestation") }
    try await change.record(
      resource: "\(PersonRow.name(personID))/passkeys/\(id)", change: "created",
      event: "people.passkey.created")
    guard let row = try await change.query(PasskeyRow.one(id, of: personID)).first else {
      throw Refusal.notFound
    }
    return try await PasskeyRow.messages([row], in: tenant.id, change.vault)[0]
  }

  private func person(_ change: TenantChange) async throws -> PostgresRow {
    let rows = try await change.query(
      Statement(
        """
        SELECT sealed_login, sealed_display_name FROM artel.person
        WHERE person_id = $1 AND NOT disabled
        FOR NO KEY UPDATE
        """, .uuid(personID)))
    guard let row = rows.first else { throw Self.noMember }
    return row
  }

  private static func refusal(_ fault: PasskeyFault) -> RPCError {
    Refusal.invalid("attestation", "is refused: \(fault.rawValue)")
  }

  private static let ended = RPCError(
    code: .failedPrecondition, reason: "CHALLENGE_ENDED",
    message: "the challenge was used or has ended: begin again")

  /// Of a caller whom another issuer knows.
  static let noMember = RPCError(
    code: .failedPrecondition, reason: "NOT_A_MEMBER",
    message: "the caller is no member of the tenant and has no passkeys here")
}

extension Tenant {
  /// Who the passkeys of its people are for: its own host.
  var relyingParty: RelyingParty {
    get throws {
      // Names of tenants and the base domain are labels: the issuer is an origin.
      guard let party = RelyingParty(origin: issuer) else {
        throw RPCError(code: .internalError, message: "the tenant's issuer is no origin")
      }
      return party
    }
  }
}
