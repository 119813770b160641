import GeneratedPeople
import RPC

/// The people of the caller's tenant, as its administrators see them.
struct MemberService: Artel_People_V1_MemberService.SimpleServiceProtocol {
  let people: People

  func createMember(
    request: Artel_People_V1_CreateMemberRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Invitation { try await people.create(request, context) }

  func getMember(
    request: Artel_People_V1_GetMemberRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Member { try await people.get(request, context) }

  func listMembers(
    request: Artel_People_V1_ListMembersRequest, context: ServerContext
  ) async throws -> Artel_People_V1_ListMembersResponse { try await people.list(request, context) }

  func updateMember(
    request: Artel_People_V1_UpdateMemberRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Member { try await people.update(request, context) }

  func inviteMember(
    request: Artel_People_V1_InviteMemberRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Invitation { try await people.invite(request, context) }

  func disableMember(
    request: Artel_People_V1_DisableMemberRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Member {
    try await people.setDisabled(true, request.name, context)
  }

  func enableMember(
    request: Artel_People_V1_EnableMemberRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Member {
    try await people.setDisabled(false, request.name, context)
  }
}
