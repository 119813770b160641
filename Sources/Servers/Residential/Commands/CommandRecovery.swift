import LibCrypto
import Logging
import Postgres
public import ServiceLifecycle
import Storage

/// Takes care of commands that nobody takes care of any more: their process is gone, or their
/// device did not report in time.
///
/// A command that was sent is asked about at its partner. Only one that the partner never saw is
/// sent, under the same key and before its deadline; whatever stays unknown is timed out.
public final class CommandRecovery: Service {
  /// The name of the service principal that it acts as, in one tenant at a time.
  public static let serviceName = "command-recovery"

  private static let batch = 16

  private let database: TenantDatabase
  private let tenants: any TenantLister
  private let dispatcher: CommandDispatcher
  private let logger: Logger
  private let onEnd: @Sendable () async -> Void

  init(
    database: TenantDatabase, tenants: any TenantLister, dispatcher: CommandDispatcher,
    logger: Logger, onEnd: @escaping @Sendable () async -> Void
  ) {
    self.database = database
    self.tenants = tenants
    self.dispatcher = dispatcher
    self.logger = logger
    self.onEnd = onEnd
  }

  /// Looks after commands, at once and then at each interval, until a graceful shutdown; then
  /// waits for every command on its way.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.sweep()
        // Cancelled: the loop's condition ends it.
        try? await Task.sleep(for: self.dispatcher.timing.sweepInterval)
      }
    }
    await onEnd()
  }

  /// Looks once at every tenant's commands, and starts what has to be done.
  func sweep() async {
    do {
      for tenantID in try await tenants.activeTenantIDs() {
        if Task.isCancelled { return }
        await sweep(tenantID)
      }
    } catch {
      logger.error("recovery knows no tenants", metadata: ["error": "\(error)"])
    }
  }

  private func sweep(_ tenantID: String) async {
    let actor = Storage.Actor(tenantID: tenantID, service: Self.serviceName)
    do {
      for claim in try await claim(as: actor) {
        // The process is shutting down: the lease ends, and another one takes it.
        guard dispatcher.reserve(recovered: claim.order.commandID, tenantID: tenantID) else {
          continue
        }
        logger.notice(
          "recovering a command",
          metadata: [
            "command": "\(claim.order.commandID)", "tenant": "\(tenantID)",
            "start": "\(claim.start)",
          ])
        dispatcher.start(
          claim.order, from: claim.start, expiry: claim.expiry, as: actor,
          action: Self.serviceName)
      }
    } catch {
      if Task.isCancelled { return }
      logger.error(
        "recovery failed", metadata: ["tenant": "\(tenantID)", "error": "\(error)"])
    }
  }

  private struct Claim {
    let order: PartnerOrder
    let start: CommandExchange.Start
    let expiry: ContinuousClock.Instant
  }

  /// Takes commands whose lease ran out. Several processes may do so at once: each command goes to
  /// one of them.
  private func claim(as actor: Storage.Actor) async throws -> [Claim] {
    // No more than there are places for: nobody but this sweep takes those of the recovery.
    let most = min(Self.batch, dispatcher.vacancies(ofRecoveryIn: actor.tenantID))
    guard most > 0 else { return [] }
    // What is left of a deadline counts from before the question: rather too early than too late.
    let asked = ContinuousClock.now
    let isDue = try await database.query(
      Statement(
        """
        SELECT EXISTS (SELECT FROM artel.command
          WHERE state IN ('SENT', 'ACKNOWLEDGED') AND lease_until <= now())
        """),
      as: actor, deadline: nil)
    guard try isDue.first?.bool(0) == true else { return [] }
    return try await database.change(as: actor, action: Self.serviceName, deadline: nil) {
      change in
      let rows = try await change.query(
        Statement(
          """
          WITH due AS (
            SELECT tenant_id, command_id FROM artel.command
            WHERE state IN ('SENT', 'ACKNOWLEDGED') AND lease_until <= now()
            ORDER BY lease_until LIMIT $1 FOR UPDATE SKIP LOCKED)
          UPDATE artel.command c
          SET lease_owner = $2, lease_until = now() + make_interval(secs => $3)
          FROM due, artel.access_point a, artel.partner p
          WHERE c.tenant_id = due.tenant_id AND c.command_id = due.command_id
            AND a.tenant_id = c.tenant_id AND a.property_id = c.property_id
            AND a.access_point_id = c.access_point_id
            AND p.tenant_id = c.tenant_id AND p.partner_id = c.partner_id
          RETURNING c.partner_id, p.base_uri, p.token_uri, p.client_id, p.client_secret,
            a.device_ref, c.command_id, c.partner_key, c.deadline, c.state,
            extract(epoch FROM c.deadline - now())::double precision, p.format,
            p.authentication, p.sealed_assertion_key, p.assertion_key_id, p.tls_certificate,
            p.sealed_tls_key, p.disabled
          """,
          .int(most), .uuid(dispatcher.owner), .double(dispatcher.timing.recoveryLease.inSeconds)))
      return try rows.map { row in
        Claim(
          order: PartnerOrder(
            commandID: try row.uuid(6),
            route: try PartnerRoute(row, tenantID: actor.tenantID, formatAt: 11),
            key: try row.text(7), deadline: try row.timestamp(8)),
          start: try row.text(9) == CommandState.sent.rawValue
            ? .afterSend : .afterAcknowledgement,
          expiry: asked + .seconds(try row.double(10)))
      }
    }
  }
}
