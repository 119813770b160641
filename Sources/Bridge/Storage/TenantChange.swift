import LibCrypto
import Mutation
import Pipeline
public import Postgres

/// A change under way. Good only inside the body that it was given to: behind it, every statement
/// is refused.
public final class TenantChange {
  private var transaction: PostgresTransaction?
  private let actor: Actor
  private let action: String
  private let sealing: TenantVault?
  /// Whether somebody is to be told of it.
  private(set) var hasEvents = false

  /// The tenant whose rows change.
  public var tenantID: String { actor.tenantID }

  init(
    transaction: consuming PostgresTransaction, actor: Actor, action: String,
    vault: TenantVault? = nil
  ) {
    self.transaction = consume transaction
    self.actor = actor
    self.action = action
    sealing = vault
  }

  /// What seals and opens columns.
  ///
  /// - Throws: where the way to the database was made without one.
  public var vault: TenantVault {
    get throws {
      guard let sealing else { throw VaultError.absent }
      return sealing
    }
  }

  /// Gives the transaction back to who commits it.
  func end() -> PostgresTransaction { transaction.take()! }

  /// Runs a statement that returns rows.
  public func query(_ statement: Statement) async throws -> [PostgresRow] {
    guard let rows = try await transaction?.query(statement) else { throw Self.ended }
    return rows
  }

  /// Runs a statement; returns how many rows it touched.
  @discardableResult
  public func execute(_ statement: Statement) async throws -> Int {
    guard let count = try await transaction?.execute(statement) else { throw Self.ended }
    return count
  }

  /// Runs a statement in another scope, in the same transaction; returns how many rows it touched.
  func execute(_ statement: Statement, in scope: TenantScope) async throws -> Int {
    guard let count = try await transaction?.execute(statement, in: scope) else {
      throw Self.ended
    }
    return count
  }

  /// Writes the audit entry of this change, and its event where it has one.
  ///
  /// - Parameters:
  ///   - resource: The resource that changed, by its name.
  ///   - change: What changed, such as `SENT -> ACKNOWLEDGED`. No personal data.
  ///   - event: The event's type; nil for a change that nobody is told of.
  ///   - payload: What the event says besides the resource. No personal data.
  public func record(
    resource: String, change: String, event: String? = nil, payload: [String: String] = [:]
  ) async throws {
    try await execute(
      try await Self.auditEntry(
        of: actor, action: action, resource: resource, change: change, vault: sealing))
    guard let event else { return }
    hasEvents = true
    try await execute(
      Statement(
        """
        INSERT INTO artel.outbox_event (tenant_id, outbox_event_id, type, resource, payload)
        VALUES ($1, $2, $3, $4, $5)
        """,
        .uuid(tenantID), .uuid(UUIDv7.make()), .text(event), .text(resource),
        .jsonb(OutboxEvent.json(payload))))
  }

  static func auditEntry(
    of actor: Actor, action: String, resource: String, change: String, vault: TenantVault?
  ) async throws -> Statement {
    let facts = CallFacts.current
    facts?.change(of: actor.tenantID)
    let principal = facts?.caller?.principal
    var entry = AuditEntry(tenantID: actor.tenantID, id: UUIDv7.make(), kind: .change)
    entry.actor = actor.subject
    entry.call.address = facts?.address ?? ""
    if let person = actor.isPerson ? actor.subject : facts?.subject,
      !Mutation.isOn(.keepsOrigins)
    {
      guard let vault else { throw VaultError.absent }
      try await entry.sealOrigin(for: person, isActor: actor.isPerson, vault)
    }
    return Statement(
      """
      INSERT INTO artel.audit_entry
        (tenant_id, audit_entry_id, actor, action, resource, change, call_id, principal_kind, client,
          certificate, address, door, origin_digest, actor_index, sealed_origin)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      """,
      .uuid(entry.tenantID), .uuid(entry.id), .text(entry.actor), .text(action),
      .text(resource), .text(change), .uuid(facts?.id), .text(principal?.kind.auditWord ?? ""),
      .text(principal?.clientID ?? ""), .text(principal?.certificateThumbprint ?? ""),
      .text(entry.call.address), .text(facts?.door.rawValue ?? ""), .bytes(entry.originDigest),
      .bytes(entry.actorIndex), .bytes(entry.sealedOrigin))
  }

  private static let ended = PostgresError(code: .transactionEnded)
}
