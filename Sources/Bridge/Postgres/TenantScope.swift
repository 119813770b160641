import Mutation

/// In whose name statements run: the tenant whose rows exist for them, and who acts.
///
/// Both come from a verified credential. Without a scope, row-level security shows no rows.
public struct TenantScope: Sendable, Hashable {
  /// The tenant's UUID as text.
  public let tenantID: String
  /// The principal that acts, for triggers and audit; not interpreted here.
  public let actor: String
  /// How much of the tenant the statements see.
  public let rows: Rows

  /// How much of a tenant statements see, where its tables tell the two apart by `artel.rows`.
  public enum Rows: String, Sendable {
    /// What is the actor's own.
    case own
    /// Everything.
    case tenant
  }

  /// Creates a scope; the narrow one, unless it is told otherwise.
  public init(tenantID: String, actor: String, rows: Rows = .own) {
    self.tenantID = tenantID
    self.actor = actor
    self.rows = rows
  }
}

/// Whether the statements of a round trip may change data.
enum Access: Sendable { case readWrite, readOnly }

/// What is set at the beginning of a transaction, local to it.
struct TransactionContext: Sendable {
  let scope: TenantScope?
  let access: Access

  /// - Throws: `.invalidParameter` for a tenant that is not a UUID, or NUL in a text.
  init(scope: TenantScope?, access: Access = .readWrite) throws(PostgresError) {
    self.scope = scope
    self.access = access
    guard let scope else { return }
    guard UUIDText.bytes(scope.tenantID) != nil else {
      throw PostgresError(code: .invalidParameter, diagnostic: "the scope's tenant is not a UUID")
    }
    guard !scope.actor.utf8.contains(0) else {
      throw PostgresError(code: .invalidParameter, diagnostic: "the scope's actor contains NUL")
    }
  }

  /// Sets tenant, actor, reach and time limit. Without a scope the tenant is set to nothing, so that not
  /// even a setting which somebody left in the session lets rows through.
  func statement(timeout: Duration) throws(PostgresError) -> EncodedStatement {
    let sql: StaticString =
      switch access {
      case _ where Mutation.isOn(.setsTenantForSession) || Mutation.isOn(.keepsTenantOfConnection):
        """
        SELECT set_config('artel.tenant_id', $1, false), set_config('artel.actor', $2, true), \
        set_config('statement_timeout', $3, true), set_config('artel.rows', $4, true)
        """
      case _ where scope == nil && Mutation.isOn(.keepsSessionTenant):
        """
        SELECT $1, set_config('artel.actor', $2, true), set_config('statement_timeout', $3, true), \
        set_config('artel.rows', $4, true)
        """
      case .readWrite:
        """
        SELECT set_config('artel.tenant_id', $1, true), set_config('artel.actor', $2, true), \
        set_config('statement_timeout', $3, true), set_config('artel.rows', $4, true)
        """
      case .readOnly:
        """
        SELECT set_config('artel.tenant_id', $1, true), set_config('artel.actor', $2, true), \
        set_config('statement_timeout', $3, true), set_config('artel.rows', $4, true), \
        set_config('transaction_read_only', 'on', true)
        """
      }
    return try EncodedStatement(
      Statement(
        sql, .text(scope?.tenantID ?? ""), .text(scope?.actor ?? ""), Self.limit(timeout),
        .text(scope?.rows.rawValue ?? "")))
  }

  /// Puts the statements behind it into the scope, in a transaction that runs.
  var switching: Statement {
    Statement(
      """
      SELECT set_config('artel.tenant_id', $1, true), set_config('artel.actor', $2, true), \
      set_config('artel.rows', $3, true)
      """, .text(scope?.tenantID ?? ""), .text(scope?.actor ?? ""),
      .text(scope?.rows.rawValue ?? ""))
  }

  /// Says to one transaction what a connection of our own hears when it is made.
  static func session(idleTimeout: Duration) throws(PostgresError) -> EncodedStatement {
    try EncodedStatement(
      Statement(
        """
        SELECT set_config('timezone', 'UTC', true), \
        set_config('idle_in_transaction_session_timeout', $1, true)
        """, limit(idleTimeout)))
  }

  /// Shortens the time limit within a transaction.
  static func refresh(timeout: Duration) throws(PostgresError) -> EncodedStatement {
    try EncodedStatement(
      Statement("SELECT set_config('statement_timeout', $1, true)", limit(timeout)))
  }

  /// Milliseconds as text; 0 would mean no limit at all.
  private static func limit(_ timeout: Duration) -> Parameter {
    .text(String(min(max(1, timeout.milliseconds), Int64(Int32.max))))
  }
}
