import Postgres
import RPC
import Storage

/// Somebody's wish to open an access point in the right of a unit.
struct Wish: Sendable, Hashable {
  let point: AccessPointName
  let unit: String
  let subject: String
  /// In lower case.
  let requestID: String

  /// Whether a command comes from the same wish.
  func isBehind(_ record: CommandRecord) -> Bool {
    record.accessPoint == point && record.unit == unit && record.subject == subject
  }
}

/// What the first transaction left.
enum Decided: Sendable {
  /// The request came before.
  case known(CommandRecord)
  /// Refused, and written down.
  case denied(CommandRecord)
  /// Allowed, and committed as sent: now it is to be sent.
  case sent(PartnerOrder)
}

extension Opening {
  /// Decides about a wish and writes the decision down; of a repeated request, finds the command.
  func decide(
    _ wish: Wish, _ commandID: String, in change: TenantChange
  ) async throws -> Decided {
    if let known = try await known(wish, in: change) { return .known(known) }
    guard
      let facts = try await OpeningFacts.read(
        wish.point, unit: wish.unit, subject: wish.subject, tenantID: change.tenantID, in: change)
    else { throw Refusal.notFound }
    let decision = AccessDecision(facts.access)
    if decision.allowed {
      guard !facts.route.isDisabled else {
        throw Refusal.partnerDisabled(facts.route.endpoint.partnerID)
      }
      try dispatcher.check(facts.route)
      try dispatcher.reserve(commandID, for: facts.route)
    }
    let inserted =
      decision.allowed
      ? try await insertSent(wish, commandID, decision, facts.route, in: change)
      : try await insertDenied(wish, commandID, decision, in: change)
    guard let record = inserted else {
      // The same request on another connection was faster, and is committed by now.
      guard let known = try await known(wish, in: change) else {
        throw RPCError(
          code: .aborted, reason: "CONFLICT", message: "the request came twice at once; try again")
      }
      return .known(known)
    }
    try await change.record(
      resource: record.name, change: "-> \(CommandState.created.rawValue)")
    guard decision.allowed, let deadline = record.deadline else {
      try await CommandLedger.record(record.id, from: .created, to: .denied, in: change)
      try await Journal.write(record, .denied, in: change)
      return .denied(record)
    }
    try await CommandLedger.record(record.id, from: .created, to: .authorized, in: change)
    try await CommandLedger.record(record.id, from: .authorized, to: .sent, in: change)
    return .sent(
      PartnerOrder(
        commandID: record.id, route: facts.route, key: record.id, deadline: deadline))
  }

  /// The command of an earlier request with the same key.
  ///
  /// - Throws: FAILED_PRECONDITION where that was another request.
  private func known(_ wish: Wish, in change: TenantChange) async throws -> CommandRecord? {
    guard let record = try await CommandRows.find(requestID: wish.requestID, in: change) else {
      return nil
    }
    guard wish.isBehind(record) else {
      throw RPCError(
        code: .failedPrecondition, reason: "REQUEST_ID_REUSED",
        message: "the request_id came before with another request",
        metadata: ["request_id": wish.requestID])
    }
    return record
  }

  private func insertDenied(
    _ wish: Wish, _ commandID: String, _ decision: AccessDecision, in change: TenantChange
  ) async throws -> CommandRecord? {
    try await change.query(
      Statement(
        """
        INSERT INTO artel.command (tenant_id, command_id, request_id, property_id,
          access_point_id, unit_id, subject, state, allowed, reasons)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'DENIED', false, $8)
        ON CONFLICT (tenant_id, request_id) DO NOTHING
        RETURNING command_id, request_id, property_id, access_point_id, unit_id, subject, state,
          allowed, reasons, deadline, create_time, sent_time, ack_time, executed_time,
          failure_code, partner_code, partner_id
        """,
        .uuid(change.tenantID), .uuid(commandID), .uuid(wish.requestID),
        .text(wish.point.property), .text(wish.point.point), .text(wish.unit),
        .text(wish.subject), .textArray(decision.reasons))
    ).first.map(CommandRecord.init)
  }

  /// Commits SENT before anything is sent: with the partner's key, the deadline and the lease.
  private func insertSent(
    _ wish: Wish, _ commandID: String, _ decision: AccessDecision, _ route: PartnerRoute,
    in change: TenantChange
  ) async throws -> CommandRecord? {
    try await change.query(
      Statement(
        """
        INSERT INTO artel.command (tenant_id, command_id, request_id, property_id,
          access_point_id, unit_id, subject, state, allowed, reasons, partner_id, partner_key,
          deadline, sent_time, lease_owner, lease_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'SENT', true, $8, $9, $10,
          now() + make_interval(secs => $11), now(), $12, now() + make_interval(secs => $13))
        ON CONFLICT (tenant_id, request_id) DO NOTHING
        RETURNING command_id, request_id, property_id, access_point_id, unit_id, subject, state,
          allowed, reasons, deadline, create_time, sent_time, ack_time, executed_time,
          failure_code, partner_code, partner_id
        """,
        .uuid(change.tenantID), .uuid(commandID), .uuid(wish.requestID),
        .text(wish.point.property), .text(wish.point.point), .text(wish.unit),
        .text(wish.subject), .textArray(decision.reasons), .text(route.endpoint.partnerID),
        .text(commandID), .double(dispatcher.timing.timeToLive.inSeconds),
        .uuid(dispatcher.owner), .double(dispatcher.timing.lease.inSeconds))
    ).first.map(CommandRecord.init)
  }
}
