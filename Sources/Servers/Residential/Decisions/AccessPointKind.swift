import GeneratedResidential

/// What an access point is.
enum AccessPointKind: String, Sendable, CaseIterable {
  /// Nobody said; treated like a door, which fewer may open.
  case unspecified = "KIND_UNSPECIFIED"
  case door = "DOOR"
  case gate = "GATE"
  case barrier = "BARRIER"

  /// Nil for a kind that the contract does not name.
  init?(_ message: Artel_Residential_V1_AccessPoint.Kind) {
    switch message {
    case .unspecified: self = .unspecified
    case .door: self = .door
    case .gate: self = .gate
    case .barrier: self = .barrier
    case .UNRECOGNIZED: return nil
    }
  }

  var message: Artel_Residential_V1_AccessPoint.Kind {
    switch self {
    case .unspecified: .unspecified
    case .door: .door
    case .gate: .gate
    case .barrier: .barrier
    }
  }
}
