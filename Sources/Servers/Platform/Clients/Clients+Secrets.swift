import GeneratedTenancy
import Pipeline
import Postgres
import RPC
import Storage

extension Clients {
  /// Creates a client. Its identifier begins with the tenant's name, so that no tenant learns of
  /// another's by trying names.
  func create(
    _ request: Artel_Tenancy_V1_CreateClientRequest, _ context: ServerContext
  ) async throws -> Artel_Tenancy_V1_ClientSecret {
    let caller = try context.caller
    let id = "\(caller.tenant.name).\(request.clientID)"
    guard ClientIdentifier.isValid(id) else {
      throw Refusal.invalid(
        "client_id", "must have at most 64 characters with the tenant's name and a dot before it")
    }
    guard request.client.name.isEmpty else {
      throw Refusal.invalid("client.name", "is made from client_id")
    }
    guard [.partner, .service].contains(request.client.kind),
      let kind = request.client.kind.storedClient
    else {
      throw Refusal.invalid("client.kind", "must be a partner or a service")
    }
    let wanted = try ClientUpdate(request.client, mask: nil)
    let (new, hash) = try await secret(id, context)
    return try await answer(id, context) { change in
      let most = try await TenantChanges.locked(change, baseDomain).limits.clients
      let present = try await change.query(
        Statement("SELECT count(*) FROM artel.tenant_client"))
      guard try present.first?.int(0) ?? 0 < Int(most) else {
        throw Refusal.limit("clients", most)
      }
      let count = try await change.execute(
        Statement(
          """
          INSERT INTO artel.tenant_client
            (tenant_id, client_id, kind, display_name, scopes, address_ranges, secret_hashes)
          VALUES ($1, $2, $3, $4, $5, $6, $7)
          ON CONFLICT (tenant_id, client_id) DO NOTHING
          """,
          .uuid(change.tenantID), .text(id), .text(kind), .text(wanted.displayName ?? ""),
          .textArray(wanted.scopes ?? []), .textArray(wanted.addressRanges ?? []),
          .textArray([hash])))
      guard count == 1 else { throw Refusal.exists(ClientRow.name(id)) }
      try await change.record(
        resource: ClientRow.name(id),
        change: "created as \(kind) with scopes \((wanted.scopes ?? []).joined(separator: " "))",
        event: "tenancy.client.created")
      return new.answer(for: try await Self.row(id, change))
    }
  }

  /// Gives a client a new secret; the one before goes on for the overlap (S-C13).
  func rotate(
    _ request: Artel_Tenancy_V1_RotateClientSecretRequest, _ context: ServerContext
  ) async throws -> Artel_Tenancy_V1_ClientSecret {
    let id = try ClientRow.identifier(request.name)
    let overlap = request.overlap
    guard overlap.seconds >= 0, overlap.nanos >= 0, overlap.seconds <= 90 * 86_400 else {
      throw Refusal.invalid("overlap", "must lie between 0 and 90 days")
    }
    let (new, hash) = try await secret(id, context)
    return try await answer(id, context) { change in
      let count = try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_client
          SET secret_hashes = ARRAY[$2::text] || secret_hashes[1:1],
            older_secret_expire_time = now() + make_interval(secs => $3)
          WHERE client_id = $1 AND revoke_time IS NULL
            AND auth_method IN ('CLIENT_SECRET', 'CLIENT_SECRET_BASIC', 'CLIENT_SECRET_POST')
          """, .text(id), .text(hash), .double(Double(overlap.seconds))))
      guard count == 1 else {
        _ = try await Self.row(id, change)
        throw RPCError(
          code: .failedPrecondition, reason: "CLIENT_WITHOUT_SECRET",
          message: "the client authenticates in another way, or was revoked")
      }
      try await change.record(
        resource: ClientRow.name(id),
        change: "secret replaced; the one before ends in \(overlap.seconds) s",
        event: "tenancy.client.updated")
      return new.answer(for: try await Self.row(id, change))
    }
  }

  private func secret(
    _ id: String, _ context: ServerContext
  ) async throws -> (ClientSecret, hash: String) {
    let latest = ContinuousClock.now + Self.patience
    return try await ClientSecret.make(
      clientID: id, derivations: derivations, for: try context.caller.tenant.id,
      deadline: context.deadline.map { min($0, latest) } ?? latest)
  }
}

extension ClientSecret {
  fileprivate func answer(
    for client: Artel_Tenancy_V1_Client
  ) -> Artel_Tenancy_V1_ClientSecret {
    .with {
      $0.client = client
      $0.secret = secret
    }
  }
}
