import Logging
import RPC
import Transcoding

/// The routes of every registered method whose contract has `google.api.http`.
enum Routes {
  /// Builds the table.
  ///
  /// - Parameter isMapped: Which methods have a place in this table.
  /// - Throws: `GatewayError` with `.badRoute` for a template or mapping that is not valid, and for
  ///   two routes that match the same requests.
  static func table(
    schema: Schema, methods: [RegisteredMethod], isLenient: Bool, logger: Logger,
    where isMapped: (RegisteredMethod, MethodSchema) -> Bool = Route.maps
  ) throws(GatewayError) -> RouteTable<Route> {
    var builder = RouteTableBuilder<Route>()
    for method in methods {
      guard let contract = schema.method(path: method.descriptor.path) else {
        logger.notice(
          "a method has no contract here and so no route",
          metadata: ["method": "\(method.descriptor.path)"])
        continue
      }
      guard isMapped(method, contract) else { continue }
      for binding in contract.bindings {
        do {
          try add(binding, of: contract, method, isLenient, to: &builder, logger)
        } catch {
          throw GatewayError(
            code: .badRoute, message: "\(contract.path), \(binding.verb): \(error)")
        }
      }
    }
    return builder.build()
  }

  private static func add(
    _ binding: HTTPBinding, of contract: MethodSchema, _ method: RegisteredMethod,
    _ isLenient: Bool, to builder: inout RouteTableBuilder<Route>, _ logger: Logger
  ) throws {
    let template = try PathTemplate(
      parsing: binding.template,
      decodesReserved: contract.policy?.rest.decodesReserved ?? false)
    let route = try Route(
      method: method, schema: contract, binding: binding, variables: template.variables,
      isLenient: isLenient)
    for warning in route.binder.warnings { logger.warning("\(warning)") }
    try builder.add(
      method: binding.verb, template: template, target: route,
      name: String(contract.path.dropFirst()))
  }
}
