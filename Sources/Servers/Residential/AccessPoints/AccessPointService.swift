import GeneratedResidential
import RPC
import Storage

/// Serves `artel.residential.v1.AccessPointService`.
struct AccessPointService: Artel_Residential_V1_AccessPointService.SimpleServiceProtocol {
  let points: AccessPoints
  let opening: Opening

  init(database: TenantDatabase, dispatcher: CommandDispatcher) {
    points = AccessPoints(database: database)
    opening = Opening(database: database, dispatcher: dispatcher)
  }

  func getAccessPoint(
    request: Artel_Residential_V1_GetAccessPointRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_AccessPoint {
    try await points.get(request, context)
  }

  func listAccessPoints(
    request: Artel_Residential_V1_ListAccessPointsRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_ListAccessPointsResponse {
    try await points.list(request, context)
  }

  func createAccessPoint(
    request: Artel_Residential_V1_CreateAccessPointRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_AccessPoint {
    try await points.create(request, context)
  }

  func openAccessPoint(
    request: Artel_Residential_V1_OpenAccessPointRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Command {
    try await opening.open(request, context)
  }
}
