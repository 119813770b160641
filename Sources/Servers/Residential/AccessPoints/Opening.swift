import GeneratedResidential
import LibCrypto
import Pipeline
import RPC
import Storage

/// Opens access points: decides, writes the decision down, and has the partner carry it out.
///
/// The transaction of the decision ends before the partner is called; from then on the command is
/// in the database, and its outcome is found even where this process does not live to see it.
struct Opening: Sendable {
  /// Left of the caller's deadline for the answer on its way back.
  private static let answerTime: Duration = .milliseconds(50)

  let database: TenantDatabase
  let dispatcher: CommandDispatcher

  func open(
    _ request: Artel_Residential_V1_OpenAccessPointRequest, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Command {
    let caller = try context.caller
    guard caller.principal.kind == .user else {
      throw RPCError(
        code: .permissionDenied, reason: "PRINCIPAL_KIND_REFUSED",
        message: "only people open access points")
    }
    guard ResourceName.isUUID(request.requestID) else {
      throw Refusal.invalid("request_id", "must be a UUID")
    }
    guard let point = AccessPointName(request.name),
      let unit = ResourceName.identifier(request.unit, "units")
    else { throw Refusal.notFound }
    let wish = Wish(
      point: point, unit: unit, subject: caller.principal.subject,
      requestID: request.requestID.lowercased())

    let commandID = UUIDv7.make()
    // The deadline counts from before the transaction: rather too early than too late.
    let expiry = ContinuousClock.now + dispatcher.timing.timeToLive
    let decided: Decided
    do {
      decided = try await database.change(
        as: .init(caller), action: context.action, deadline: context.deadline
      ) { change in
        try await decide(wish, commandID, in: change)
      }
    } catch {
      // Where the commit's answer was lost the command may exist: the recovery finds it.
      dispatcher.release(commandID)
      throw error
    }
    switch decided {
    case .denied(let record):
      dispatcher.release(commandID)
      return try answer(record, caller)
    case .known(let record):
      dispatcher.release(commandID)
      return try await replay(record, caller, context)
    case .sent(let order):
      dispatcher.start(
        order, from: .fresh, expiry: expiry,
        as: .init(tenantID: caller.tenant.id, service: "command-dispatch"),
        action: context.action)
      return try await wait(for: commandID, caller, context)
    }
  }

  /// A repeated request: the command as it is now, once its outcome is known. Nothing is sent.
  private func replay(
    _ record: CommandRecord, _ caller: Caller, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Command {
    guard record.state == .sent else { return try answer(record, caller) }
    if dispatcher.isRunning(record.id) {
      return try await wait(for: record.id, caller, context)
    }
    // It may have been settled since the row was read; another process may have it.
    let reading = Reading(database: database, actor: .init(caller), deadline: context.deadline)
    return try answer(try await CommandRows.find(record.id, in: reading) ?? record, caller)
  }

  /// Waits for an outcome, for as long as the caller does.
  private func wait(
    for commandID: String, _ caller: Caller, _ context: ServerContext
  ) async throws -> Artel_Residential_V1_Command {
    let until = context.deadline.map { $0 - Self.answerTime }
    switch await dispatcher.result(of: commandID, until: until) {
    case .some(.some(let record)): return try answer(record, caller)
    case .some(.none):
      throw RPCError(
        code: .unavailable, reason: "OUTCOME_UNKNOWN",
        message: "the command's outcome is not known yet; ask for the command",
        metadata: ["command": ResourceName.command(commandID)])
    case .none:
      let reading = Reading(database: database, actor: .init(caller), deadline: context.deadline)
      if !Task.isCancelled, until.map({ $0 > .now }) ?? true,
        let record = try await CommandRows.find(commandID, in: reading)
      {
        // Settled between the question whether it runs and the wait.
        return try answer(record, caller)
      }
      throw Self.timedOut(ResourceName.command(commandID))
    }
  }

  /// What the caller gets of a command: itself, or the error that its state means.
  private func answer(
    _ record: CommandRecord, _ caller: Caller
  ) throws(RPCError) -> Artel_Residential_V1_Command {
    switch record.state {
    case .denied:
      throw RPCError(
        code: .permissionDenied, reason: "ACCESS_DENIED",
        message: "the decision is not to open",
        metadata: ["command": record.name, "reasons": record.reasons.joined(separator: ",")])
    case .failed:
      var metadata = ["command": record.name]
      metadata["failure"] = record.failureCode
      metadata["partner_code"] = record.partnerCode
      throw RPCError(
        code: .unavailable, reason: "PARTNER_FAILED",
        message: "the partner refused or broke; the access point was not opened",
        metadata: metadata)
    case .timedOut, .expired:
      throw Self.timedOut(record.name)
    case .created, .authorized, .sent, .acknowledged, .executed, .cancelled:
      return record.message(requestedBy: caller.principal.subject)
    }
  }

  private static func timedOut(_ command: String) -> RPCError {
    RPCError(
      code: .deadlineExceeded, reason: "PARTNER_TIMED_OUT",
      message: "the partner did not answer in time; the command shows what became of it",
      metadata: ["command": command])
  }
}
