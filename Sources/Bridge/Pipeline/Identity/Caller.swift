public import GeneratedOptions
public import RPC

/// A verified caller: its tenant and its principal.
public final class Caller: Sendable {
  /// The tenant, from the credential alone.
  public let tenant: Tenant
  /// Who calls.
  public let principal: Principal
  /// Where it may call from.
  public let addressRanges: AddressRanges
  /// How much of the tenant its call reaches.
  public let reach: RowReach

  /// Creates a caller.
  ///
  /// - Parameter rows: What the contract of the called method says of people's reach.
  public init(
    tenant: Tenant, principal: Principal, addressRanges: AddressRanges = .any,
    rows: Artel_Options_V1_Rows = .own
  ) {
    self.tenant = tenant
    self.principal = principal
    self.addressRanges = addressRanges
    reach = RowReach(rows, for: principal.kind)
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
