import GeneratedPeople
import Pipeline
import Postgres
import RPC
import Storage

extension SignIns {
  /// Notes in a transaction that a person has signed in.
  func complete(
    _ token: OpaqueToken, person id: String, methods: [String], address: String,
    _ change: TenantChange
  ) async throws -> SignedInPerson {
    // The person's row first, here and everywhere, so that no two wait for each other.
    let rows = try await change.query(
      Statement(
        """
        UPDATE artel.person SET sign_in_time = now() WHERE person_id = $1 AND NOT disabled
        RETURNING administrator, sealed_authenticator IS NOT NULL, grant_epoch
        """, .uuid(id)))
    guard let row = rows.first else { throw SignInRefusal.wrong }
    // Somebody may have come to administer, or have enrolled an authenticator, since it was decided
    // what this sign-in needs.
    let needsSecondFactor = try row.bool(0) || row.bool(1)
    guard methods.contains("mfa") || !needsSecondFactor else { throw SignInRefusal.ended }
    // Or everything of the person's has ended since it began, with the password that was proved.
    let epoch = Int64(try row.int(2))
    try await proceed(token, to: "COMPLETE", epoch: epoch, change)
    try await remember(token, methods: methods, change)
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.person_address (tenant_id, person_id, address_index) VALUES ($1, $2, $3)
        ON CONFLICT (tenant_id, person_id, address_index) DO UPDATE SET sign_in_time = now()
        """, .uuid(change.tenantID), .uuid(id), try await change.address(address)))
    CallFacts.current?.tell(of: PersonRow.subject(id))
    try await change.record(
      resource: PersonRow.name(id), change: "signed in by \(methods.joined(separator: " "))")
    return try await SignedInPerson.read(
      id, administrator: try row.bool(0), epoch: epoch, authTime: now(),
      methods: methods, change)
  }

  /// What the caller is told of a sign-in that is complete.
  func answer(
    _ token: OpaqueToken, _ tenant: Tenant, _ person: SignedInPerson, for request: String,
    recoveryCodes: [String] = [], _ context: ServerContext
  ) async throws -> Artel_People_V1_SignIn {
    var location = ""
    do {
      // One that was begun when the sign-in became complete goes on.
      let person =
        person.sessionID == nil
        ? try await beginSession(of: person, by: token, in: tenant, context) : person
      if !request.isEmpty, let requests {
        location = try await requests.complete(
          request, by: person, of: tenant, deadline: Self.deadline(context))
      }
    } catch {
      // The sign-in is complete, and its invitation and its codes are used up: an error would only
      // keep the recovery codes from who has no other copy. The app begins anew.
      logger.warning("a sign-in leads nowhere", metadata: ["error": "\(error)"])
    }
    return .with {
      $0.token = token.text
      $0.state = .complete
      $0.tenantDisplayName = tenant.displayName
      $0.recoveryCodes = recoveryCodes
      $0.location = location
    }
  }

  /// What the caller is told of a sign-in that goes on.
  func answer(
    _ token: OpaqueToken, _ tenant: Tenant, _ state: Artel_People_V1_SignIn.State,
    codeAllowed: Bool = false
  ) -> Artel_People_V1_SignIn {
    .with {
      $0.token = token.text
      $0.state = state
      $0.tenantDisplayName = tenant.displayName
      $0.codeAllowed = codeAllowed
    }
  }
}
