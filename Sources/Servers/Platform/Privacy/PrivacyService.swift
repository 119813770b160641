import GeneratedPrivacy
import Pipeline
import RPC
import Storage

/// What the tenant holds of a person, and how it is forgotten.
struct PrivacyService: Artel_Privacy_V1_PrivacyService.SimpleServiceProtocol {
  let database: TenantDatabase
  let revocations: RevocationFeed

  func exportSubject(
    request: Artel_Privacy_V1_ExportSubjectRequest, context: ServerContext
  ) async throws -> Artel_Privacy_V1_SubjectExport {
    let caller = try context.caller
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ExportSubject \(request.subject)")
    let records = try await SubjectRecords(
      request.subject, database.vault, tenantID: caller.tenant.id)
    return try await database.change(
      as: .init(caller), action: context.action, deadline: context.deadline
    ) { try await records.page(page, reason: request.reason, $0) }
  }

  func eraseSubject(
    request: Artel_Privacy_V1_EraseSubjectRequest, context: ServerContext
  ) async throws -> Artel_Privacy_V1_Erasure {
    let caller = try context.caller
    guard request.subject != caller.principal.subject else {
      throw RPCError(
        code: .failedPrecondition, reason: "OWN_MEMBER", message: "somebody else has to do this")
    }
    let erasure = SubjectErasure(subject: request.subject)
    let actor = Actor(caller)
    let (id, revoked) = try await database.change(
      as: actor, action: context.action, deadline: context.deadline
    ) { try await erasure.begin(reason: request.reason, $0) }
    if let revoked { revocations.add([revoked]) }
    // What is committed stands: who dies here has to be asked again, and goes on.
    try await database.vault.erase(subject: request.subject, tenantID: caller.tenant.id)
    return try await database.change(
      as: actor, action: context.action, deadline: context.deadline
    ) { try await SubjectErasure.end(id, $0) }
  }

  func getErasure(
    request: Artel_Privacy_V1_GetErasureRequest, context: ServerContext
  ) async throws -> Artel_Privacy_V1_Erasure {
    let id = String(request.name.dropFirst("erasures/".count)).lowercased()
    guard TenantIdentifier.isValid(id) else { throw Refusal.notFound }
    let rows = try await database.query(
      SubjectErasure.statement(id), as: try context.caller, deadline: context.deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    return try SubjectErasure.message(row)
  }
}
