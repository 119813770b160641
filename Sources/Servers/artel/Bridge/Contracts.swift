import Gateway
import GeneratedDescriptors
import OpenAPI
import RPC
import Transcoding
import Upstream

/// The contracts of one moment, and the methods that they describe.
struct Contracts: Sendable {
  /// What they were made of: the same contracts have the same, so that it is seen whether they
  /// changed.
  let identity: [[UInt8]]
  let schema: Schema
  let methods: [RegisteredMethod]
  /// What is worth knowing about them, and no reason to refuse them.
  let notes: [String]
  /// The descriptions of the methods.
  let documents: [StaticDocument]

  /// Reads the contracts anew.
  ///
  /// - Throws: what keeps them from being served, to be read by an operator.
  static func load(_ settings: BridgeSettings, _ client: RPCClient) async throws -> Contracts {
    switch settings.contracts {
    case .files(let paths):
      return try Contracts(
        sets: try paths.map { try BridgeSettings.contents($0) }, names: paths, services: nil,
        settings, client, notes: [])
    case .reflection:
      let reflected = try await Upstream.contracts(
        reflecting: client, known: ArtelDescriptors.descriptorSet)
      return try Contracts(
        sets: [reflected.descriptorSet], names: ["what the upstream says"],
        services: Set(reflected.services), settings, client,
        notes: reflected.missing.map { "the upstream does not describe \($0)" })
    }
  }

  /// - Parameter services: What the server serves; nil where only the sets say so.
  private init(
    sets: [[UInt8]], names: [String], services: Set<String>?, _ settings: BridgeSettings,
    _ client: RPCClient, notes: [String]
  ) throws {
    // Errors are shown by the types of google.rpc, which few contracts import.
    let joined = try DescriptorSets(joining: sets, names: names, adding: try ErrorContracts.set())
    let rules = try settings.rulesFile.map { try BridgeSettings.contents($0) } ?? []
    identity = [joined.merged, rules]
    schema = try Schema(
      descriptorSet: joined.merged,
      options: SchemaOptions(
        isTolerant: true, mapsUnboundMethods: settings.mapsAll, rules: try settings.rules(rules)))
    let described = Upstream.methods(of: schema, services: services, client: client)
    let wanted = settings.services
    methods = described.filter { method in
      wanted?.contains(method.descriptor.service.fullyQualifiedService) ?? true
    }
    documents =
      settings.hasDocuments
      ? PublishedDocuments.of(
        OpenAPIDocuments(
          schema: schema, notes: try ContractNotes(descriptorSet: joined.merged),
          methods: methods.map(\.descriptor.path),
          options: OpenAPIOptions(isLenient: settings.gateway.isLenient)))
      : []
    self.notes =
      notes + joined.differing.map { "\($0) is in two sets and not the same: the first counts" }
      + schema.omissions.map { "left out: \($0)" }

    let known = Set(methods.map(\.descriptor.service.fullyQualifiedService))
    if let unknown = wanted?.subtracting(known).sorted().first {
      throw ContractsError(description: "the contracts have no methods of a service \(unknown)")
    }
    guard !methods.isEmpty else {
      throw ContractsError(description: "the contracts have no services")
    }
    let isReachable = methods.contains { method in
      schema.method(path: method.descriptor.path)?.bindings.isEmpty == false
    }
    guard isReachable else {
      throw ContractsError(
        description: settings.mapsAll
          ? "no method of the contracts can be called by HTTP"
          : "no method of the contracts has a google.api.http rule: --auto-map serves them")
    }
  }
}

/// Why contracts cannot be served.
struct ContractsError: Error, CustomStringConvertible {
  let description: String
}
