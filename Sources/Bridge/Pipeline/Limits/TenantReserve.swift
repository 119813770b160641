import Mutation

/// What a tenant's administrators have left where its callers have used up what all have together: they
/// are who can revoke, disable or limit what uses it up, and they must not have to wait for tomorrow.
struct TenantReserve: Sendable {
  /// Calls that run at once.
  static let running = TenantReserve(least: 10)
  /// Calls of a day.
  static let daily = TenantReserve(least: 1000)
  /// Costly calls of a day.
  static let dailyExpensive = TenantReserve(least: 100)

  private let least: Int64

  /// How much there is above a limit: a twentieth of it, and something even of a small one.
  func above(_ limit: Int64) -> Int64 { max(least, limit / 20) }
}

extension Caller {
  /// Whether it may use what is kept for administrators.
  var mayUseReserve: Bool {
    principal.kind == .administrator && !Mutation.isOn(.keepsNoReserve)
  }
}
