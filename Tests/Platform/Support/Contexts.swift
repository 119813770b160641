import GeneratedGoogle
import GeneratedOptions
import Pipeline
import RPC
import SwiftProtobuf

typealias PrincipalKind = Artel_Options_V1_PrincipalKind

extension ServerContext {
  /// A call of a tenant's administrator, as the pipeline hands it over; of nobody without one.
  static func of(
    _ tenant: Tenant?, _ method: MethodDescriptor, kind: PrincipalKind = .administrator,
    subject: String = "artel:ann", scopes: Set<String> = []
  ) -> ServerContext {
    ServerContext(
      method: method, metadata: [:], peer: Peer(address: "", door: .grpc),
      attachment: tenant.map {
        Caller(
          tenant: $0, principal: Principal(kind: kind, subject: subject, scopes: scopes),
          rows: .tenant)
      })
  }
}

extension RPCError {
  /// The fields that BadRequest names.
  var violatedFields: [String] {
    guard let status = try? Google_Rpc_Status(serializedBytes: statusDetails) else { return [] }
    return status.details.compactMap { try? Google_Rpc_BadRequest(unpackingAny: $0) }
      .flatMap { $0.fieldViolations.map(\.field) }
  }
}
