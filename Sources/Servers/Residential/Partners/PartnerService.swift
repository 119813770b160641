import GeneratedResidential
import RPC
import SwiftProtobuf

/// Serves `artel.residential.v1.PartnerService`.
struct PartnerService: Artel_Residential_V1_PartnerService.SimpleServiceProtocol {
  let partners: Partners

  func getPartner(
    request: Artel_Residential_V1_GetPartnerRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    try await partners.get(request, context)
  }

  func listPartners(
    request: Artel_Residential_V1_ListPartnersRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_ListPartnersResponse {
    try await partners.list(request, context)
  }

  func createPartner(
    request: Artel_Residential_V1_CreatePartnerRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    try await partners.create(request, context)
  }

  func updatePartner(
    request: Artel_Residential_V1_UpdatePartnerRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    try await partners.update(request, context)
  }

  func rotatePartnerSecret(
    request: Artel_Residential_V1_RotatePartnerSecretRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    try await partners.rotate(request, context)
  }

  func disablePartner(
    request: Artel_Residential_V1_DisablePartnerRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    try await partners.setDisabled(true, request.name, context)
  }

  func enablePartner(
    request: Artel_Residential_V1_EnablePartnerRequest, context: ServerContext
  ) async throws -> Artel_Residential_V1_Partner {
    try await partners.setDisabled(false, request.name, context)
  }

  func deletePartner(
    request: Artel_Residential_V1_DeletePartnerRequest, context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    try await partners.delete(request, context)
  }
}
