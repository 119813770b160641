import RPC

extension ServerContext {
  /// What audit entries call the method: `artel.tenancy.v1.Service/Method`.
  var action: String { "\(method.service.fullyQualifiedService)/\(method.method)" }
}
