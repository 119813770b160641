import GeneratedResidential
import Pipeline
import RPC
import Storage

/// Serves `artel.residential.v1.DirectoryService`: hands each call to the rows it is about.
struct DirectoryService: Artel_Residential_V1_DirectoryService.SimpleServiceProtocol {
  let properties: Properties
  let units: Units
  let members: Members

  init(database: TenantDatabase) {
    properties = Properties(database: database)
    units = Units(database: database)
    members = Members(database: database)
  }

  func getProperty(
    request: Artel_Residential_V1_GetPropertyRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Property {
    try await properties.get(request, context)
  }

  func listProperties(
    request: Artel_Residential_V1_ListPropertiesRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_ListPropertiesResponse {
    try await properties.list(request, context)
  }

  func createProperty(
    request: Artel_Residential_V1_CreatePropertyRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Property {
    try await properties.create(request, context)
  }

  func getUnit(
    request: Artel_Residential_V1_GetUnitRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Unit {
    try await units.get(request, context)
  }

  func listUnits(
    request: Artel_Residential_V1_ListUnitsRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_ListUnitsResponse {
    try await units.list(request, context)
  }

  func createUnit(
    request: Artel_Residential_V1_CreateUnitRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Unit {
    try await units.create(request, context)
  }

  func listMembers(
    request: Artel_Residential_V1_ListMembersRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_ListMembersResponse {
    try await members.list(request, context)
  }

  func createMember(
    request: Artel_Residential_V1_CreateMemberRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Member {
    try await members.create(request, context)
  }
}
