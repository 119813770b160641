import GeneratedPeople
import LibCrypto
import Pipeline
import Postgres
import RPC
import Sealing
import Storage

extension SignIns {
  /// Begins the session of a person who has signed in.
  func beginSession(
    of person: SignedInPerson, by token: OpaqueToken, in tenant: Tenant, _ context: ServerContext
  ) async throws -> SignedInPerson {
    let id = UUIDv7.make()
    let policy = tenant.policy
    let life = TokenLives(
      access: Int(policy.accessTokenSeconds), refreshIdle: Int(policy.refreshIdleSeconds),
      refreshAbsolute: Int(policy.refreshAbsoluteSeconds)
    ).absolute(of: person.administrator ? .administrator : .user)
    try await change(in: tenant, context) { change in
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.session (tenant_id, session_id, person_id, sealed_device,
            sealed_address, methods, sign_in_time, use_time, expire_time, epoch)
          VALUES ($1, $2, $3, $4, $5, $6, to_timestamp($7), to_timestamp($7), to_timestamp($8),
            $9)
          """,
          .uuid(tenant.id), .uuid(id), .uuid(person.id),
          try await Artel_People_V1_Session.Sealed.device.sealed(
            Device.summary(of: context.metadata.first("user-agent")), tenantID: tenant.id,
            key: id, of: PersonRow.subject(person.id), change.vault),
          try await Artel_People_V1_Session.Sealed.address.sealed(
            String(NetworkName.of(context.peer.address).prefix(100)), tenantID: tenant.id,
            key: id, of: PersonRow.subject(person.id), change.vault),
          .textArray(person.methods), .double(Double(person.authTime)),
          .double(Double(person.authTime + Int64(life))), .int8(person.epoch)))
      try await change.execute(
        Statement(
          "UPDATE artel.sign_in SET session_id = $2 WHERE sign_in_hash = $1",
          .bytes(token.hash), .uuid(id)))
    }
    var person = person
    person.sessionID = id
    return person
  }
}
