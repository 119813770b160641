import GeneratedResidential
import RPC

/// Serves `artel.residential.v1.PartnerService`.
struct PartnerService: Artel_Residential_V1_PartnerService.SimpleServiceProtocol {
  let partners: Partners

  func getPartner(
    request: Artel_Residential_V1_GetPartnerRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    try await partners.get(request, context)
  }

  func createPartner(
    request: Artel_Residential_V1_CreatePartnerRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    try await partners.create(request, context)
  }
}
