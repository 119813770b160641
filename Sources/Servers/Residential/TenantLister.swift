/// Names the tenants that background jobs work for.
public protocol TenantLister: Sendable {
  /// The identifiers of the tenants that are not suspended.
  func activeTenantIDs() async throws -> [String]
}
