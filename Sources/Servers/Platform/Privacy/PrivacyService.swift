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
    let keys = try await erasure.keys(database.vault, tenantID: caller.tenant.id)
    let begun = try await database.change(
      as: actor, action: context.action, deadline: context.deadline
    ) { try await erasure.begin(reason: request.reason, keys, $0) }
    guard let (id, revoked) = begun else { return SubjectErasure.nothingHeld(request.reason) }
    if let revoked { revocations.add([revoked]) }
    // What is committed stands, and goes on without this call: see BegunErasures.
    do {
      try await database.vault.erase(subjectNamed: keys.name, tenantID: caller.tenant.id)
    } catch let error where !(error is CancellationError) {
      return try await self.erasure(id, context)
    }
    return try await database.change(
      as: actor, action: context.action, deadline: context.deadline
    ) { try await SubjectErasure.end(id, $0) }
  }

  func listErasures(
    request: Artel_Privacy_V1_ListErasuresRequest, context: ServerContext
  ) async throws -> Artel_Privacy_V1_ListErasuresResponse {
    let caller = try context.caller
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListErasures \(request.state.rawValue)")
    // What is not kept cannot be listed.
    guard request.state != .nothingHeld else { return .init() }
    let rows = try await database.query(
      SubjectErasure.statement(
        behind: try page.identifier,
        isErased: request.state == .unspecified ? nil : request.state == .erased,
        limit: page.limit + 1), as: caller, deadline: context.deadline)
    return try .with {
      $0.erasures = try rows.prefix(page.limit).map(SubjectErasure.message)
      if rows.count > page.limit {
        $0.nextPageToken = page.nextToken([try rows[page.limit - 1].uuid(0)])
      }
    }
  }

  func getErasure(
    request: Artel_Privacy_V1_GetErasureRequest, context: ServerContext
  ) async throws -> Artel_Privacy_V1_Erasure {
    let id = String(request.name.dropFirst("erasures/".count)).lowercased()
    guard TenantIdentifier.isValid(id) else { throw Refusal.notFound }
    return try await erasure(id, context)
  }

  private func erasure(
    _ id: String, _ context: ServerContext
  ) async throws -> Artel_Privacy_V1_Erasure {
    let rows = try await database.query(
      SubjectErasure.statement(id), as: try context.caller, deadline: context.deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    return try SubjectErasure.message(row)
  }
}
