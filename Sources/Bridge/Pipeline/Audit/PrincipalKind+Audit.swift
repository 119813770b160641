public import GeneratedOptions

extension Artel_Options_V1_PrincipalKind {
  /// As audit entries name it: the contract's word without its prefix.
  public var auditWord: String {
    switch self {
    case .user: "USER"
    case .partner: "PARTNER"
    case .service: "SERVICE"
    case .administrator: "ADMINISTRATOR"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }
}
