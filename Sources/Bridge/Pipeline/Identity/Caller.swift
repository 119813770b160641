public import RPC

/// A verified caller: its tenant and its principal.
public final class Caller: Sendable {
  /// The tenant, from the credential alone.
  public let tenant: Tenant
  /// Who calls.
  public let principal: Principal

  /// Creates a caller.
  public init(tenant: Tenant, principal: Principal) {
    self.tenant = tenant
    self.principal = principal
  }
}

extension ServerContext {
  /// The verified caller.
  ///
  /// - Throws: `RPCError` with `.unauthenticated` on a public method, which knows no caller.
  public var caller: Caller {
    get throws(RPCError) {
      guard let caller = attachment as? Caller else { throw .credentialMissing }
      return caller
    }
  }
}
