import Foundation
import GeneratedCertificates
import GeneratedGoogle
import Pipeline
import RPC
import Storage
import SwiftProtobuf

/// Serves `artel.certificates.v1.AuthorityService`.
struct AuthorityService: Artel_Certificates_V1_AuthorityService.SimpleServiceProtocol {
  let directory: PlatformDirectory
  let database: TenantDatabase
  let authorities: Authorities
  let lists: RevocationLists

  func listAuthorities(
    request: Artel_Certificates_V1_ListAuthoritiesRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_ListAuthoritiesResponse {
    let caller = try context.caller
    let found = try await StoredAuthority.all(
      of: Actor(caller), in: database, deadline: context.deadline)
    return try .with { response in
      response.authorities = try found.map { try $0.message(tenant: caller.tenant.name) }
    }
  }

  func createAuthority(
    request: Artel_Certificates_V1_CreateAuthorityRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_Authority {
    let tenant = try context.caller.tenant.name
    let isBrought = !request.certificatePem.isEmpty
    guard isBrought || (request.intermediatesPem.isEmpty && request.revocationListsPem.isEmpty)
    else { throw Refusal.invalid("certificate_pem", "is missing") }
    return try await database.answer(
      as: Actor(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      try await authorities.add(
        isBrought
          ? .init(
            certificatePEM: request.certificatePem, intermediatesPEM: request.intermediatesPem,
            listsPEM: request.revocationListsPem) : nil,
        tenantName: tenant, in: change
      ).message(tenant: tenant)
    }
  }

  func replaceRevocationLists(
    request: Artel_Certificates_V1_ReplaceRevocationListsRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_Authority {
    let tenant = try context.caller.tenant.name
    guard let id = CertificateNames.authorityID(request.name) else {
      throw Refusal.notFound
    }
    return try await change(context) { change in
      try await authorities.replaceLists(of: id, by: request.revocationListsPem, in: change)
        .message(tenant: tenant)
    }
  }

  func deleteAuthority(
    request: Artel_Certificates_V1_DeleteAuthorityRequest, context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    guard let id = CertificateNames.authorityID(request.name) else {
      throw Refusal.notFound
    }
    try await change(context) { change in
      try await authorities.remove(id, force: request.force, in: change)
    }
    return Google_Protobuf_Empty()
  }

  func getRevocationList(
    request: Artel_Certificates_V1_GetRevocationListRequest, context: ServerContext
  ) async throws -> Google_Api_HttpBody {
    guard let name = CertificateNames.publishedList(request.name),
      let tenant = try await directory.tenant(named: name.tenant)
    else { throw Refusal.notFound }
    let der = try await lists.published(
      tenantID: tenant.id, authorityID: name.authority)
    return .with {
      $0.contentType = "application/pkix-crl"
      $0.data = .init(der)
    }
  }

  private func change<R: Sendable>(
    _ context: ServerContext, _ body: (TenantChange) async throws -> R
  ) async throws -> R {
    try await database.change(
      as: Actor(try context.caller), action: context.action,
      deadline: context.deadline, body)
  }
}
