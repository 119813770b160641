import GeneratedTenancy
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// The rows of a tenant's clients.
struct Clients: Sendable {
  /// The longest that the derivation of a new secret may take where the caller would wait longer.
  static let patience: Duration = .seconds(10)

  let database: TenantDatabase
  let derivations: DerivationQueue
  let baseDomain: BaseDomain

  func get(
    _ request: Artel_Tenancy_V1_GetClientRequest, _ context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Client {
    let rows = try await database.query(
      ClientStatements.client(try ClientRow.identifier(request.name)),
      as: try context.caller, deadline: context.deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    return try ClientRow(row).message
  }

  func list(
    _ request: Artel_Tenancy_V1_ListClientsRequest, _ context: ServerContext
  ) async throws -> Artel_Tenancy_V1_ListClientsResponse {
    let caller = try context.caller
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller, method: "ListClients")
    let rows = try await database.query(
      ClientStatements.clients(after: page.after.first, limit: page.limit + 1),
      as: caller, deadline: context.deadline)
    return try .with {
      $0.clients = try rows.prefix(page.limit).map { try ClientRow($0).message }
      if rows.count > page.limit, let last = $0.clients.last {
        $0.nextPageToken = page.nextToken([last.clientID])
      }
    }
  }

  func update(
    _ request: Artel_Tenancy_V1_UpdateClientRequest, _ context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Client {
    let id = try ClientRow.identifier(try Self.required(request.client.name))
    let update = try ClientUpdate(
      request.client, mask: request.hasUpdateMask ? request.updateMask.paths : nil)
    return try await change(id, context) { change in
      _ = try await change.query(ClientStatements.lock(id))
      try ResourceTag.check(request.client.etag, try await Self.row(id, change).etag)
      try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_client SET display_name = coalesce($2, display_name),
            scopes = coalesce($3, scopes), address_ranges = coalesce($4, address_ranges)
          WHERE client_id = $1
          """,
          .text(id), .text(update.displayName), .textArray(update.scopes),
          .textArray(update.addressRanges)))
      let client = try await Self.row(id, change)
      if !update.summary.isEmpty {
        try await change.record(
          resource: ClientRow.name(id), change: "updated \(update.summary)",
          event: "tenancy.client.updated")
      }
      return client
    }
  }

  func setDisabled(
    _ disabled: Bool, _ name: String, _ context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Client {
    let id = try ClientRow.identifier(name)
    return try await change(id, context) { change in
      let count = try await change.execute(
        Statement(
          """
          UPDATE artel.tenant_client SET disabled = $2
          WHERE client_id = $1 AND disabled <> $2 AND revoke_time IS NULL
          """, .text(id), .bool(disabled)))
      if count > 0 {
        try await change.record(
          resource: ClientRow.name(id), change: disabled ? "disabled" : "enabled",
          event: disabled ? "tenancy.client.disabled" : "tenancy.client.enabled")
      }
      let client = try await Self.row(id, change)
      guard client.disabled == disabled else {
        throw RPCError(
          code: .failedPrecondition, reason: "CLIENT_REVOKED",
          message: "the client was revoked for good")
      }
      return client
    }
  }

  /// The client as it is now.
  static func row(
    _ id: String, _ change: TenantChange
  ) async throws -> Artel_Tenancy_V1_Client {
    let rows = try await change.query(ClientStatements.client(id))
    guard let row = rows.first else { throw Refusal.notFound }
    return try ClientRow(row).message
  }

  func change<R: Sendable>(
    _ id: String, _ context: ServerContext, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline, body)
  }

  /// The same, for a call that its caller may repeat.
  func answer<R: SwiftProtobuf.Message>(
    _ id: String, _ context: ServerContext, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await database.answer(
      as: .init(try context.caller), action: context.action, deadline: context.deadline, body)
  }

  /// A name that lies in a message, where the path of a REST request has put it.
  private static func required(_ name: String) throws(RPCError) -> String {
    guard name.hasPrefix("clients/") else {
      throw Refusal.invalid("client.name", "must be clients/{client_id}")
    }
    return name
  }
}
