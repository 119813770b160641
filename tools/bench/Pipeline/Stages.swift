import GeneratedDescriptors
import GeneratedOptions
import GeneratedResidential
import Logging
import Pipeline
import RPC
import SwiftProtobuf
import Telemetry
import Transcoding

/// GetProperty behind more and more of the pipeline.
struct Stages {
  static let path = "/artel.residential.v1.DirectoryService/GetProperty"
  static let request = Artel_Residential_V1_GetPropertyRequest.with { $0.name = "properties/tower" }

  let directory: any IdentityDirectory
  let revocations: (any RevocationList)?

  /// The method with a policy changed, behind a pipeline of its own.
  func method(
    directory: any IdentityDirectory, revocations: (any RevocationList)? = nil,
    journal: (any CallJournal)? = nil, handler: @escaping Handler = Self.answer,
    policy change: (inout Artel_Options_V1_MethodPolicy) -> Void
  ) throws -> RegisteredMethod.UnaryHandler {
    let contracts = try Self.contracts(change)
    // No caller is refused, but every call is counted.
    let pipeline = Pipeline(
      configuration: .init(
        trustDomain: "artel.localhost", limits: RateLimits().scaled(by: 1e9)),
      directory: directory, revocations: revocations,
      journal: journal,
      logger: Self.thrownAway)
    let methods = try pipeline.protect(
      [Self.method(handler)], schema: try Schema(descriptorSet: contracts),
      outputOnly: try OutputOnlyFields(descriptorSet: contracts))
    return Self.unary(methods[0])
  }

  typealias Handler =
    @Sendable (Artel_Residential_V1_GetPropertyRequest, ServerContext) async throws ->
    Artel_Residential_V1_Property

  /// The answer, made anew for each call.
  static let answer: Handler = { request, _ in
    .with {
      $0.name = request.name
      $0.displayName = "The tower"
      $0.address = "1 Maple Street, Springfield"
      $0.createTime = Google_Protobuf_Timestamp(seconds: 1_767_225_600, nanos: 123_456_000)
    }
  }

  /// The method without a pipeline.
  static func method(_ handler: @escaping Handler) -> RegisteredMethod {
    var router = RPCRouter()
    router.registerUnary(
      Artel_Residential_V1_DirectoryService.Method.GetProperty.descriptor,
      request: Artel_Residential_V1_GetPropertyRequest.self,
      response: Artel_Residential_V1_Property.self, handler: handler)
    return router.methods[0]
  }

  static func unary(_ method: RegisteredMethod) -> RegisteredMethod.UnaryHandler {
    guard case .unary(let handler) = method.handler else { preconditionFailure("it is unary") }
    return handler
  }

  /// Every entry is written into memory, and thrown away.
  static let log = LoggedCallJournal(logger: thrownAway)

  private static let thrownAway = Logger(label: "bench") { label in
    JSONLogHandler(label: label, write: { _ in })
  }

  private static func contracts(
    _ change: (inout Artel_Options_V1_MethodPolicy) -> Void
  ) throws -> [UInt8] {
    var set = try Google_Protobuf_FileDescriptorSet(
      serializedBytes: ArtelDescriptors.descriptorSet,
      extensions: Artel_Options_V1_Policy_Extensions)
    for file in set.file.indices where set.file[file].package == "artel.residential.v1" {
      for service in set.file[file].service.indices {
        let methods = set.file[file].service[service].method
        guard let index = methods.firstIndex(where: { $0.name == "GetProperty" }) else { continue }
        var policy = methods[index].options.Artel_Options_V1_policy
        change(&policy)
        set.file[file].service[service].method[index].options.Artel_Options_V1_policy = policy
      }
    }
    return try set.serializedBytes()
  }
}

extension Stages {
  /// All contracts, as they are.
  static func schema() throws -> Schema {
    try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
  }
}
