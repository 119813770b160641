import FoundationEssentials
import GeneratedPeople
import LibCrypto
import Mutation
import Passkeys
import Pipeline
import Postgres
import RPC
import Storage

extension SignIns {
  /// Asks for a passkey: of a login, or any. A login that nobody has, or that has no passkeys, gets
  /// identifiers that no passkey has, always the same.
  func begin(
    _ request: Artel_People_V1_BeginPasskeyRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_PasskeyChallenge {
    let tenant = try await tenant(named: request.tenant)
    let party = try tenant.relyingParty
    let login = Login.normalized(request.login)
    let (challenge, known) = try await change(in: tenant, context) { change in
      let rows = try await change.query(
        Statement(
          """
          SELECT k.person_id, k.credential_id FROM artel.person AS p
            JOIN artel.passkey AS k USING (tenant_id, person_id)
          WHERE p.login_index = $1 AND NOT p.disabled ORDER BY k.passkey_id
          """, try await change.login(of: login)))
      let challenge = try await PasskeyChallenge.make(
        for: .proof, personID: try rows.first?.uuid(0), authorization: request.authorization,
        change)
      return (challenge, try rows.map { Data(try $0.bytes(1)) })
    }
    let decoy = try await decoy(login ?? request.login.lowercased(), of: tenant)
    return .with {
      $0.challenge = Data(challenge)
      $0.relyingPartyID = party.id
      if !request.login.isEmpty {
        $0.credentialIds =
          known.isEmpty ? [decoy] : known
      }
      $0.timeoutSeconds = PasskeyChallenge.life
    }
  }

  func prove(
    _ request: Artel_People_V1_ProvePasskeyRequest, _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    let tenant = try await tenant(named: request.tenant)
    let (party, assertion) = (try tenant.relyingParty, request.assertion)
    do {
      let client = try ClientData(Array(assertion.clientDataJson), for: .proof, at: party)
      let (challenge, passkey) = try await asked(client, assertion, tenant, context)
      let proof = try passkey.prove(assertion, client, at: party)
      let address = NetworkName.of(context.peer.address)
      let completed = try await change(in: tenant, context) {
        change -> (OpaqueToken, SignedInPerson)? in
        guard try await count(proof, passkey, change) else { return nil }
        let token = try await begin(
          tenant, personID: passkey.personID, login: passkey.login,
          authorization: challenge.authorization, state: "NEEDS_PASSWORD", change)
        return (
          token,
          try await complete(
            token, person: passkey.personID, methods: ["pop", "user", "mfa"], address: address,
            change)
        )
      }
      guard let (token, person) = completed else { throw SignInRefusal.wrong }
      return try await answer(token, tenant, person, for: challenge.authorization, context)
    } catch let fault as PasskeyFault {
      // Nothing is guessed here that failures could be counted for: a challenge is good once.
      logger.notice(
        "a passkey was refused",
        metadata: ["fault": "\(fault.rawValue)", "peer": "\(context.peer.address)"])
      throw SignInRefusal.wrong
    }
  }

  /// Uses up the challenge, and finds the passkey. Committed before anything is checked.
  private func asked(
    _ client: ClientData, _ assertion: Artel_People_V1_PasskeyAssertion, _ tenant: Tenant,
    _ context: ServerContext
  ) async throws -> (PasskeyChallenge, StoredPasskey) {
    let (challenge, passkey) = try await change(in: tenant, context) { change in
      let challenge = try await PasskeyChallenge.take(client.challenge, for: .proof, change)
      return (challenge, try await StoredPasskey.read(Array(assertion.credentialID), change))
    }
    guard let challenge else { throw SignInRefusal.ended }
    // Where no login was given, the passkey itself has to say whose it is.
    let handle = Array(assertion.userHandle)
    guard let passkey, challenge.personID ?? passkey.personID == passkey.personID,
      handle == PasskeyRow.userHandle(passkey.personID)
        || handle.isEmpty && challenge.personID != nil
    else { throw SignInRefusal.wrong }
    return (challenge, passkey)
  }

  /// Notes that the passkey was used.
  ///
  /// - Returns: false where it is gone, or its counter went back: there is a copy of it, or it was
  ///   used twice at once.
  private func count(
    _ proof: PasskeyProof, _ passkey: StoredPasskey, _ change: TenantChange
  ) async throws -> Bool {
    // The person's row first, here and everywhere: who resets the person ends the passkey, too.
    try await change.hold(person: passkey.personID)
    let count = try await change.execute(
      Statement(
        """
        UPDATE artel.passkey SET sign_count = $2, backed_up = $3, use_time = now()
        WHERE passkey_id = $1 AND (sign_count < $2 OR sign_count = 0 AND $2 = 0)
        """, .uuid(passkey.id), .int8(Int64(proof.signCount)), .bool(proof.backedUp)))
    guard count == 0, !Mutation.isOn(.takesClones) else { return true }
    let rows = try await change.query(
      Statement(
        "SELECT sign_count FROM artel.passkey WHERE passkey_id = $1", .uuid(passkey.id)))
    guard let row = rows.first else { return false }
    CallFacts.current?.tell(of: PersonRow.subject(passkey.personID))
    try await change.record(
      resource: "\(PersonRow.name(passkey.personID))/passkeys/\(passkey.id)",
      change: "refused: the counter went from \(try row.int(0)) to \(proof.signCount)")
    logger.warning(
      "the counter of a passkey went back: it may have been copied",
      metadata: ["person": "\(passkey.personID)", "passkey": "\(passkey.id)"])
    return false
  }

  /// An identifier for a login that has no passkey: of one of the lengths that there are.
  private func decoy(_ login: String, of tenant: Tenant) async throws -> Data {
    let key = try await vault.derivedKey(for: "passkey decoys", tenantID: tenant.id)
    let code = HMACSHA256.code(of: Array("\(tenant.id) \(login)".utf8), key: key)
    let more = HMACSHA256.code(of: code, key: key)
    return Data((code + more).prefix([16, 20, 32, 48][Int(code[0] & 3)]))
  }
}
