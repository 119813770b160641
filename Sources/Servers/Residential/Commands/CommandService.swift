import GeneratedResidential
import Pipeline
import Postgres
import RPC
import Storage

/// Serves `artel.residential.v1.CommandService`.
struct CommandService: Artel_Residential_V1_CommandService.SimpleServiceProtocol {
  let database: TenantDatabase
  let timing: CommandTiming

  func getCommand(
    request: Artel_Residential_V1_GetCommandRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Command {
    let caller = try context.caller
    let viewer = try Viewer(caller)
    let reading = Reading(database: database, actor: .init(caller), deadline: context.deadline)
    guard let id = ResourceName.identifier(request.name, "commands"), ResourceName.isUUID(id),
      let record = try await CommandRows.find(id, in: reading),
      let isOwner = try await UnitView.ownership(record.unit, viewer, in: reading)
    else { throw Refusal.notFound }
    return record.message(requestedBy: viewer.shown(record.subject, isOwner: isOwner))
  }

  func reportCommand(
    request: Artel_Residential_V1_ReportCommandRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Command {
    let caller = try context.caller
    guard caller.principal.kind == .partner, let clientID = caller.principal.clientID else {
      throw RPCError(
        code: .permissionDenied, reason: "PRINCIPAL_KIND_REFUSED",
        message: "only partners report on commands")
    }
    let outcome = try Self.outcome(of: request)
    guard let ids = ResourceName.identifiers(request.name, "partners", "commands"),
      ResourceName.isUUID(ids[1])
    else { throw Refusal.notFound }
    let ledger = CommandLedger(timing: timing)
    return try await database.change(
      as: .init(caller), action: context.action, deadline: context.deadline
    ) { change in
      let isTheirs = try await change.query(
        Statement(
          """
          SELECT true FROM artel.command c JOIN artel.partner p USING (tenant_id, partner_id)
          WHERE c.command_id = $1 AND p.partner_id = $2 AND p.reporting_client_id = $3
          """,
          .uuid(ids[1]), .text(ids[0]), .text(clientID)))
      guard !isTheirs.isEmpty,
        let settlement = try await ledger.settle(ids[1], outcome, in: change)
      else { throw Refusal.notFound }
      switch settlement {
      case .moved(let record): return record.partnerMessage
      case .refused(let record):
        guard record.state == outcome.state else {
          throw Self.illegalMove(from: record.state, to: outcome.state)
        }
        return record.partnerMessage
      }
    }
  }

  private static func outcome(
    of request: Artel_Residential_V1_ReportCommandRequest
  ) throws(RPCError) -> CommandOutcome {
    switch request.state {
    case .acknowledged: return .acknowledged
    case .executed:
      guard request.hasOccurTime else { return .executed(at: nil) }
      return .executed(at: try Timestamp(request.occurTime, field: "occur_time"))
    case .failed:
      return .failed(
        CommandFailure(code: .error, partnerCode: PartnerCode.cleaned(request.failureCode)))
    default:
      throw Refusal.invalid("state", "must be ACKNOWLEDGED, EXECUTED or FAILED")
    }
  }

  private static func illegalMove(from old: CommandState, to new: CommandState) -> RPCError {
    let legal = old.legalMoves.map(\.rawValue).joined(separator: ",")
    return RPCError(
      code: .failedPrecondition, reason: "ILLEGAL_MOVE",
      message: "a command that is \(old.rawValue) cannot become \(new.rawValue)",
      metadata: ["from": old.rawValue, "to": new.rawValue, "legal_moves": legal])
  }
}
