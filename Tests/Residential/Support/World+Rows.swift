import LibCrypto
import Postgres
import Storage

@testable import Residential

extension World {
  /// Puts a command into the database as a process left it that died.
  ///
  /// - Parameters:
  ///   - deadline: Seconds from now.
  ///   - lease: Seconds from now.
  func leave(
    _ state: CommandState, deadline: Double, lease: Double = -1, in tenant: String? = nil
  ) async throws -> String {
    let id = UUIDv7.make()
    let tenant = tenant ?? a
    try await database.change(
      as: .init(tenantID: tenant, service: "test"), action: "test", deadline: nil
    ) { change in
      try await change.execute(
        Statement(
          """
          INSERT INTO artel.command (tenant_id, command_id, request_id, property_id,
            access_point_id, unit_id, subject, state, allowed, reasons, partner_id, partner_key,
            deadline, sent_time, lease_owner, lease_until)
          VALUES ($1, $2, $2, 'north', 'main-door', 'flat-1', 'artel:anna', 'SENT', true, '{}',
            'doors', $2::text, now() + make_interval(secs => $3),
            now() + make_interval(secs => $3 - 10), $2, now() + make_interval(secs => $4))
          """,
          .uuid(tenant), .uuid(id), .double(deadline), .double(lease)))
      if state == .acknowledged {
        try await change.execute(
          Statement(
            "UPDATE artel.command SET state = 'ACKNOWLEDGED', ack_time = now() WHERE command_id = $1",
            .uuid(id)))
      }
    }
    return id
  }

  /// Lets the recovery look once, and waits for what it started.
  func recover() async {
    await domain.recovery.sweep()
    await domain.dispatcher.idle()
  }
}

extension World {
  /// Puts a denied command into a transaction, and returns its identifier.
  func leaveDenied(in change: TenantChange) async throws -> String {
    let id = UUIDv7.make()
    try await change.execute(
      Statement(
        """
        INSERT INTO artel.command (tenant_id, command_id, request_id, property_id,
          access_point_id, unit_id, subject, state, allowed, reasons)
        VALUES ($1, $2, $2, 'north', 'gate', 'flat-1', 'artel:oleg', 'DENIED', false, '{}')
        """,
        .uuid(change.tenantID), .uuid(id)))
    return id
  }
}
