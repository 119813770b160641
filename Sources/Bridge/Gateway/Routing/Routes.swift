import Logging
import RPC
import Transcoding

/// The routes of every registered method whose contract has `google.api.http`.
enum Routes {
  /// Builds the table.
  ///
  /// - Throws: `GatewayError` with `.badRoute` for a template or mapping that is not valid, and for
  ///   two routes that match the same requests.
  static func table(
    schema: Schema, methods: [RegisteredMethod], logger: Logger
  ) throws(GatewayError) -> RouteTable<Route> {
    var builder = RouteTableBuilder<Route>()
    for method in methods {
      guard let contract = schema.method(path: method.descriptor.path) else {
        logger.notice(
          "a method has no contract here and so no route",
          metadata: ["method": "\(method.descriptor.path)"])
        continue
      }
      for binding in contract.bindings {
        do {
          try add(binding, of: contract, method, to: &builder, logger)
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
    to builder: inout RouteTableBuilder<Route>, _ logger: Logger
  ) throws {
    let template = try PathTemplate(parsing: binding.template)
    let route = try Route(
      method: method, schema: contract, binding: binding, variables: template.variables)
    for warning in route.binder.warnings { logger.warning("\(warning)") }
    try builder.add(
      method: binding.verb, template: template, target: route,
      name: String(contract.path.dropFirst()))
  }
}
