import GeneratedOptions

extension Authorization {
  /// What one check says of the caller, with what it is about.
  func finding(_ check: PermissionCheck, _ caller: Caller, now: Int64) -> AccessFinding {
    let principal = caller.principal
    let (demanded, held, remedy): ([String], [String], String) =
      switch check {
      case .operatingTenant:
        (
          isOperators ? ["the tenant that operates the platform"] : [], [caller.tenant.name],
          "only administrators of the operating tenant call this"
        )
      case .tenantKind:
        (
          tenantKinds.map(\.word).sorted(), [caller.tenant.kind.word],
          "tenants of this kind do not have the method"
        )
      case .principalKind:
        (
          principals.map(\.word).sorted(), [principal.kind.word],
          "call with a credential of one of the demanded kinds"
        )
      case .scopes:
        (
          scopes, principal.scopes.sorted(),
          "give the role or the client the missing scopes, and get a new token"
        )
      case .roles:
        (
          roles.sorted(), principal.roles.sorted(),
          "give the person one of the demanded roles, and let it sign in again"
        )
      case .stepUp:
        (
          asksStepUp(of: principal) ? ["a second factor within \(stepUpSeconds) s"] : [],
          principal.authTime.map { ["signed in \(max(0, now - $0)) s ago"] } ?? [],
          "sign in again with a second factor"
        )
      }
    return AccessFinding(
      check.rawValue, demanded: demanded, held: held,
      reason: refusal(check, caller, now: now)?.reason, remedy: remedy)
  }

  private var isOperators: Bool {
    if case .only = operatorTenant { return true }
    return false
  }
}

extension Artel_Options_V1_PrincipalKind {
  /// As the contract names it, without its prefix.
  fileprivate var word: String {
    switch self {
    case .user: "USER"
    case .partner: "PARTNER"
    case .service: "SERVICE"
    case .administrator: "ADMINISTRATOR"
    case .unspecified, .UNRECOGNIZED: "UNSPECIFIED"
    }
  }
}

extension Artel_Options_V1_TenantKind {
  /// As the contract names it, without its prefix.
  fileprivate var word: String {
    switch self {
    case .residential: "RESIDENTIAL"
    case .bank: "BANK"
    case .cooperative: "COOPERATIVE"
    case .store: "STORE"
    case .unspecified, .UNRECOGNIZED: "UNSPECIFIED"
    }
  }
}
