import GeneratedTenancy
import Pipeline
import RPC
import Storage

/// The partners and services of the caller's tenant.
struct ClientService: Artel_Tenancy_V1_ClientService.SimpleServiceProtocol {
  let clients: Clients

  func createClient(
    request: Artel_Tenancy_V1_CreateClientRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_ClientSecret { try await clients.create(request, context) }

  func getClient(
    request: Artel_Tenancy_V1_GetClientRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Client { try await clients.get(request, context) }

  func listClients(
    request: Artel_Tenancy_V1_ListClientsRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_ListClientsResponse {
    try await clients.list(request, context)
  }

  func updateClient(
    request: Artel_Tenancy_V1_UpdateClientRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Client { try await clients.update(request, context) }

  func rotateClientSecret(
    request: Artel_Tenancy_V1_RotateClientSecretRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_ClientSecret { try await clients.rotate(request, context) }

  func disableClient(
    request: Artel_Tenancy_V1_DisableClientRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Client {
    try await clients.setDisabled(true, request.name, context)
  }

  func enableClient(
    request: Artel_Tenancy_V1_EnableClientRequest, context: ServerContext
  ) async throws -> Artel_Tenancy_V1_Client {
    try await clients.setDisabled(false, request.name, context)
  }
}
