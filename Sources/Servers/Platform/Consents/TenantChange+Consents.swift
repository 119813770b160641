import Mutation
import Postgres
import Storage

extension TenantChange {
  /// Whether a person has allowed an app all of these scopes.
  ///
  /// - Parameter isHeld: whether the consent cannot be withdrawn before this transaction ends.
  func hasConsent(
    of person: String, to client: RegisteredClient, for scopes: [String], isHeld: Bool = false
  ) async throws -> Bool {
    guard client.requiresConsent, !Mutation.isOn(.forgetsConsent) else { return true }
    guard TenantIdentifier.isValid(person) else { return false }
    let statement =
      isHeld
      ? Statement(
        """
        SELECT 1 FROM artel.consent WHERE person_id = $1 AND client_id = $2 AND scopes @> $3
        FOR SHARE
        """, .uuid(person), .text(client.clientID), .textArray(scopes))
      : Statement(
        "SELECT 1 FROM artel.consent WHERE person_id = $1 AND client_id = $2 AND scopes @> $3",
        .uuid(person), .text(client.clientID), .textArray(scopes))
    return try await !query(statement).isEmpty
  }

  /// Remembers what a person allows an app, beside what it allowed before.
  func allow(_ client: String, _ scopes: [String], by person: String) async throws {
    try await execute(
      Statement(
        """
        INSERT INTO artel.consent AS c (tenant_id, person_id, client_id, scopes)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, person_id, client_id) DO UPDATE SET grant_time = now(),
          scopes = ARRAY(SELECT DISTINCT unnest(c.scopes || excluded.scopes) ORDER BY 1)
        """, .uuid(tenantID), .uuid(person), .text(client), .textArray(scopes)))
    try await record(
      resource: "clients/\(client)",
      change: "\(PersonRow.name(person)) allows \(scopes.joined(separator: " "))")
  }

  /// Takes back what a person allowed an app, with everything that came of it (S-C19).
  ///
  /// - Returns: what the process's own list takes once it is committed.
  func withdraw(_ client: String, by person: String) async throws -> [Revocation] {
    // The consent first: who redeems a code at this moment holds it until its family is there.
    let count = try await execute(
      Statement(
        "DELETE FROM artel.consent WHERE person_id = $1 AND client_id = $2",
        .uuid(person), .text(client)))
    guard count == 1 else { throw Refusal.notFound }
    let families = try await query(
      Statement(
        """
        SELECT family_id FROM artel.refresh_family
        WHERE subject = $1 AND client_id = $2 AND revoke_time IS NULL
        """, .text(person), .text(client)))
    var ended: [Revocation] = []
    for family in families { ended += try await end(.family(try family.uuid(0))) }
    try await record(
      resource: "clients/\(client)", change: "\(PersonRow.name(person)) withdrew its consent",
      event: "people.consent.withdrawn")
    return ended
  }
}
