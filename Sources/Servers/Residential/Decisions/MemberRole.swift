import GeneratedResidential

/// What a member may do.
enum MemberRole: String, Sendable, CaseIterable {
  /// Owns the unit: opens everything.
  case owner = "OWNER"
  /// Lives there: opens everything.
  case inner = "INNER"
  /// Comes by: opens gates and barriers.
  case outer = "OUTER"

  /// Nil for a role that is not one.
  init?(_ message: Artel_Residential_V1_Member.Role) {
    switch message {
    case .owner: self = .owner
    case .inner: self = .inner
    case .outer: self = .outer
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }

  var message: Artel_Residential_V1_Member.Role {
    switch self {
    case .owner: .owner
    case .inner: .inner
    case .outer: .outer
    }
  }
}
