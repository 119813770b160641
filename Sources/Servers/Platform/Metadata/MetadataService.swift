import GeneratedAuth
import Pipeline
import RPC

/// Tells clients what a tenant's authorization server can do: what is not listed here fails (S-C27).
struct MetadataService: Artel_Auth_V1_MetadataService.SimpleServiceProtocol {
  let directory: PlatformDirectory
  let baseDomain: BaseDomain

  func getServerMetadata(
    request: Artel_Auth_V1_GetServerMetadataRequest, context: ServerContext
  ) async throws -> Artel_Auth_V1_ServerMetadata {
    let host = context.metadata.first("artel-host") ?? ""
    let named = request.tenant.isEmpty ? tenantName(ofHost: host) : request.tenant
    guard let named, let tenant = try await directory.tenant(named: named) else {
      throw RPCError(
        code: .notFound, reason: "TENANT_NOT_FOUND", message: "there is no tenant of this name")
    }
    return metadata(of: tenant)
  }

  /// The tenant whose issuer is on a host, whatever the port.
  private func tenantName(ofHost host: String) -> String? {
    let name = host.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
    return baseDomain.tenantName(ofIssuer: "https://\(name.lowercased())")
  }

  private func metadata(of tenant: Tenant) -> Artel_Auth_V1_ServerMetadata {
    let confidential = ClientAuthenticationMethod.published.filter { $0 != .none }.map(\.rawValue)
    let all = ClientAuthenticationMethod.published.map(\.rawValue)
    return .with {
      $0.issuer = tenant.issuer
      $0.tokenEndpoint = tenant.issuer + "/oauth2/token"
      $0.revocationEndpoint = tenant.issuer + "/oauth2/revoke"
      $0.introspectionEndpoint = tenant.issuer + "/oauth2/introspect"
      $0.jwksUri = tenant.issuer + "/.well-known/jwks/\(tenant.name)"
      $0.grantTypesSupported = GrantType.allCases.map(\.rawValue)
      $0.tokenEndpointAuthMethodsSupported = all
      $0.tokenEndpointAuthSigningAlgValuesSupported = ClientAssertion.algorithms
      $0.revocationEndpointAuthMethodsSupported = all
      $0.revocationEndpointAuthSigningAlgValuesSupported = ClientAssertion.algorithms
      // Who only says who it is learns nothing of tokens.
      $0.introspectionEndpointAuthMethodsSupported = confidential
      $0.introspectionEndpointAuthSigningAlgValuesSupported = ClientAssertion.algorithms
      $0.tlsClientCertificateBoundAccessTokens = true
      $0.mtlsEndpointAliases = .with {
        $0.tokenEndpoint = tenant.issuer + "/oauth2/token"
        $0.revocationEndpoint = tenant.issuer + "/oauth2/revoke"
        $0.introspectionEndpoint = tenant.issuer + "/oauth2/introspect"
      }
      $0.subjectTypesSupported = ["public"]
      $0.idTokenSigningAlgValuesSupported = ["ES256"]
      $0.authorizationEndpoint = tenant.issuer + "/oauth2/authorize"
      $0.responseTypesSupported = ["code"]
      $0.responseModesSupported = ["query"]
      $0.codeChallengeMethodsSupported = ["S256"]
      $0.authorizationResponseIssParameterSupported = true
    }
  }
}
