import GeneratedPeople
import Passkeys
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// The passkeys of the caller, and those of members for administrators.
struct PasskeyService: Artel_People_V1_PasskeyService.SimpleServiceProtocol {
  let database: TenantDatabase

  func beginPasskeyCreation(
    request: Artel_People_V1_BeginPasskeyCreationRequest, context: ServerContext
  ) async throws -> Artel_People_V1_PasskeyCreation {
    let maker = try maker(context)
    return try await change(context) { try await maker.begin($0) }
  }

  func createPasskey(
    request: Artel_People_V1_CreatePasskeyRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Passkey {
    let maker = try maker(context)
    let made = try maker.read(request.attestation)
    return try await change(context) {
      try await maker.keep(made, displayName: request.displayName, $0)
    }.get()
  }

  func listPasskeys(
    request: Artel_People_V1_ListPasskeysRequest, context: ServerContext
  ) async throws -> Artel_People_V1_ListPasskeysResponse {
    let caller = try context.caller
    guard let personID = caller.principal.personID else { return .init() }
    let rows = try await database.query(
      PasskeyRow.all(of: personID), as: caller, deadline: context.deadline)
    let passkeys = try await PasskeyRow.messages(rows, in: caller.tenant.id, database.vault)
    return .with { $0.passkeys = passkeys }
  }

  func updatePasskey(
    request: Artel_People_V1_UpdatePasskeyRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Passkey {
    let paths = request.hasUpdateMask ? request.updateMask.paths : ["display_name"]
    for path in paths where path != "display_name" && path != "name" {
      throw Refusal.invalid("update_mask", "has a path that cannot be changed: \(path)")
    }
    let id = try PasskeyRow.identifier(request.passkey.name)
    let name = try PasskeyRow.checkedName(request.passkey.displayName, "passkey.display_name")
    guard let personID = try context.caller.principal.personID else { throw Refusal.notFound }
    return try await change(context) { change in
      if paths.contains("display_name") {
        let count = try await change.execute(
          Statement(
            """
            UPDATE artel.passkey SET sealed_display_name = $3
            WHERE passkey_id = $1 AND person_id = $2
            """, .uuid(id), .uuid(personID),
            try await PasskeyRow.sealed(name, id, of: personID, change)))
        guard count == 1 else { throw Refusal.notFound }
        try await change.record(resource: Self.name(id, of: personID), change: "renamed")
      }
      guard let row = try await change.query(PasskeyRow.one(id, of: personID)).first else {
        throw Refusal.notFound
      }
      return try await PasskeyRow.messages([row], in: change.tenantID, change.vault)[0]
    }
  }

  func deletePasskey(
    request: Artel_People_V1_DeletePasskeyRequest, context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    guard let personID = try context.caller.principal.personID else { throw Refusal.notFound }
    return try await delete(request.name, of: personID, context)
  }

  func listMemberPasskeys(
    request: Artel_People_V1_ListMemberPasskeysRequest, context: ServerContext
  ) async throws -> Artel_People_V1_ListMemberPasskeysResponse {
    let personID = try PersonRow.identifier(request.parent)
    let caller = try context.caller
    let person = try await database.query(
      PersonStatements.person(personID), as: caller, deadline: context.deadline)
    guard !person.isEmpty else { throw Refusal.notFound }
    let rows = try await database.query(
      PasskeyRow.all(of: personID), as: caller, deadline: context.deadline)
    let passkeys = try await PasskeyRow.messages(
      rows, in: caller.tenant.id, parent: "\(request.parent)/", database.vault)
    return .with { $0.passkeys = passkeys }
  }

  func deleteMemberPasskey(
    request: Artel_People_V1_DeleteMemberPasskeyRequest, context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    let parent = request.name.split(separator: "/").prefix(2).joined(separator: "/")
    return try await delete(request.name, of: try PersonRow.identifier(parent), context)
  }

  private func delete(
    _ name: String, of personID: String, _ context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    let id = try PasskeyRow.identifier(name)
    try await change(context) { change in
      let count = try await change.execute(
        Statement(
          "DELETE FROM artel.passkey WHERE passkey_id = $1 AND person_id = $2", .uuid(id),
          .uuid(personID)))
      guard count == 1 else { throw Refusal.notFound }
      try await change.record(
        resource: Self.name(id, of: personID), change: "deleted",
        event: "people.passkey.deleted")
    }
    return Google_Protobuf_Empty()
  }

  private static func name(_ id: String, of personID: String) -> String {
    "\(PersonRow.name(personID))/passkeys/\(id)"
  }

  private func maker(_ context: ServerContext) throws -> PasskeyMaker {
    let caller = try context.caller
    guard let personID = caller.principal.personID else { throw PasskeyMaker.noMember }
    return PasskeyMaker(tenant: caller.tenant, personID: personID)
  }

  private func change<R: Sendable>(
    _ context: ServerContext, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline, body)
  }
}

extension Principal {
  /// The member that it is; nil for people whom another issuer knows.
  fileprivate var personID: String? {
    let prefix = "artel:"
    guard subject.hasPrefix(prefix) else { return nil }
    let id = String(subject.dropFirst(prefix.count))
    return TenantIdentifier.isValid(id) ? id : nil
  }
}
