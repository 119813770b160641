import Logging
import Postgres
import ServiceLifecycle

/// Deletes what is kept only until it has ended by itself: revocations, used assertions, codes,
/// families of refresh tokens, sessions, certificates, sign-ins and invitations. The database lets
/// the dispatcher's role delete nothing before its time.
struct EndedRows: Service {
  private static let interval: Duration = .seconds(600)
  static let atOnce = 1000

  /// The pool of the role `artel_dispatcher`.
  let pool: PostgresPool
  let logger: Logger

  /// Runs until the service group shuts down or the task is cancelled.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      // What was not deleted while no process ran, and then what ends.
      var statements = Self.statements + [Self.allCheckpoints]
      while !Task.isCancelled {
        // Throws only when cancelled, and then the loop ends.
        _ = try? await delete(statements)
        statements = Self.statements
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: Self.interval)
      }
    }
  }

  /// Deletes all that has ended; returns how many rows of the table that had most. Each table is gone
  /// over until few are left, and one that is held up keeps the others from nothing.
  ///
  /// - Throws: `CancellationError`.
  func delete(_ statements: [Statement] = Self.statements) async throws -> Int {
    var most = 0
    for statement in statements {
      try Task.checkCancellation()
      do {
        var deleted = 0
        var last = Self.atOnce
        while last >= Self.atOnce {
          last = try await pool.execute(statement, in: nil, deadline: .now + .seconds(10))
          deleted += last
        }
        most = max(most, deleted)
      } catch {
        try Task.checkCancellation()
        logger.warning("ended rows cannot be deleted", metadata: ["error": "\(error)"])
      }
    }
    return most
  }

  /// Checkpoints of the audit that are not the last of their hour, and older than a week: those that
  /// have become so of late. The ones that stay are not looked at again and again.
  static let lateCheckpoints = Statement(
    """
    DELETE FROM artel.audit_checkpoint WHERE (tenant_id, tree_size) IN (
      SELECT c.tenant_id, c.tree_size FROM artel.audit_checkpoint AS c
      WHERE c.create_time < now() - interval '7 days'
        AND c.create_time > now() - interval '7 days 6 hours'
        AND artel.has_later_checkpoint(c.tenant_id, c.tree_size, c.create_time) LIMIT $1)
    """, .int(atOnce))

  /// The same of all of them.
  static let allCheckpoints = Statement(
    """
    DELETE FROM artel.audit_checkpoint WHERE (tenant_id, tree_size) IN (
      SELECT c.tenant_id, c.tree_size FROM artel.audit_checkpoint AS c
      WHERE c.create_time < now() - interval '7 days'
        AND artel.has_later_checkpoint(c.tenant_id, c.tree_size, c.create_time) LIMIT $1)
    """, .int(atOnce))

  static let statements = [
    lateCheckpoints,
    Statement(
      """
      DELETE FROM artel.client_error_group WHERE (tenant_id, fingerprint) IN (
        SELECT tenant_id, fingerprint FROM artel.client_error_group
        WHERE last_seen_time < now() - interval '30 days' LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.quota_meter WHERE meter_id IN (
        SELECT meter_id FROM artel.quota_meter
        WHERE update_time < now() - interval '1 day' LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.platform_audit_entry WHERE platform_audit_entry_id IN (
        SELECT platform_audit_entry_id FROM artel.platform_audit_entry
        WHERE create_time < now() - interval '90 days' LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.quota_usage WHERE (tenant_id, day) IN (
        SELECT tenant_id, day FROM artel.quota_usage
        WHERE day < current_date - 400 LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.idempotency_key WHERE (tenant_id, key_hash) IN (
        SELECT tenant_id, key_hash FROM artel.idempotency_key WHERE expire_time < now() LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.code_send WHERE (tenant_id, login_index) IN (
        SELECT tenant_id, login_index FROM artel.code_send WHERE expire_time < now() LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.revocation WHERE (tenant_id, revocation_id) IN (
        SELECT tenant_id, revocation_id FROM artel.revocation
        WHERE expire_time < now() LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.client_assertion WHERE (tenant_id, client_id, identifier_hash) IN (
        SELECT tenant_id, client_id, identifier_hash FROM artel.client_assertion
        WHERE expire_time < now() LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.authorization_request WHERE (tenant_id, request_hash) IN (
        SELECT tenant_id, request_hash FROM artel.authorization_request
        WHERE expire_time < now() LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.authorization_code WHERE (tenant_id, code_hash) IN (
        SELECT tenant_id, code_hash FROM artel.authorization_code
        WHERE expire_time < now() - interval '1 day' LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.refresh_family WHERE (tenant_id, family_id) IN (
        SELECT tenant_id, family_id FROM artel.refresh_family
        WHERE expire_time < now() - interval '1 day' LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.session WHERE (tenant_id, session_id) IN (
        SELECT tenant_id, session_id FROM artel.session
        WHERE expire_time < now() - interval '1 day' LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.tenant_certificate WHERE (tenant_id, thumbprint) IN (
        SELECT tenant_id, thumbprint FROM artel.tenant_certificate
        WHERE not_after < now() - interval '30 days' LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.tenant_enrollment_code WHERE (tenant_id, code_hash) IN (
        SELECT tenant_id, code_hash FROM artel.tenant_enrollment_code
        WHERE expire_time < now() - interval '1 day' LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.sign_in WHERE (tenant_id, sign_in_hash) IN (
        SELECT tenant_id, sign_in_hash FROM artel.sign_in WHERE expire_time < now() LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.invitation WHERE (tenant_id, invitation_hash) IN (
        SELECT tenant_id, invitation_hash FROM artel.invitation
        WHERE expire_time < now() LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.passkey_challenge WHERE (tenant_id, challenge_hash) IN (
        SELECT tenant_id, challenge_hash FROM artel.passkey_challenge
        WHERE expire_time < now() LIMIT $1)
      """, .int(atOnce)),
    Statement(
      """
      DELETE FROM artel.person_address WHERE (tenant_id, person_id, address_index) IN (
        SELECT tenant_id, person_id, address_index FROM artel.person_address
        WHERE sign_in_time < now() - interval '90 days' LIMIT $1)
      """, .int(atOnce)),
  ]
}
