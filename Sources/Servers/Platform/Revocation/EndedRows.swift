import Logging
import Postgres
import ServiceLifecycle

/// Deletes what is kept only until it has ended by itself: revocations, used assertions, codes,
/// families of refresh tokens, sessions, certificates, sign-ins and invitations. The database lets
/// the dispatcher's role delete nothing before its time.
struct EndedRows: Service {
  private static let interval: Duration = .seconds(600)
  private static let atOnce = 1000

  /// The pool of the role `artel_dispatcher`.
  let pool: PostgresPool
  let logger: Logger

  /// Runs until the service group shuts down or the task is cancelled.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          while try await delete() >= Self.atOnce {}
        } catch {
          if Task.isCancelled { return }
          logger.warning("ended rows cannot be deleted", metadata: ["error": "\(error)"])
        }
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: Self.interval)
      }
    }
  }

  /// Deletes some of each; returns how many of the most.
  func delete() async throws -> Int {
    var most = 0
    var failure: (any Error)?
    for statement in Self.statements {
      do {
        most = max(
          most, try await pool.execute(statement, in: nil, deadline: .now + .seconds(10)))
      } catch {
        // One that is held up keeps the others from nothing.
        failure = error
      }
    }
    if let failure { throw failure }
    return most
  }

  private static let statements = [
    Statement(
      """
      DELETE FROM artel.code_send WHERE (tenant_id, login_hash) IN (
        SELECT tenant_id, login_hash FROM artel.code_send WHERE expire_time < now() LIMIT $1)
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
      DELETE FROM artel.person_address WHERE (tenant_id, person_id, address) IN (
        SELECT tenant_id, person_id, address FROM artel.person_address
        WHERE sign_in_time < now() - interval '90 days' LIMIT $1)
      """, .int(atOnce)),
  ]
}
