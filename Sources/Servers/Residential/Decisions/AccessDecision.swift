/// What is known when somebody wishes to open an access point in the right of a unit.
struct AccessFacts: Sendable, Hashable {
  /// What the person is to the unit.
  enum Membership: Sendable, Hashable {
    /// No member, and never was.
    case none
    /// Every membership has ended.
    case expired
    /// A member; of several memberships the one that may do the most.
    case live(MemberRole)
  }

  var membership: Membership
  var unitHasAccessPoint: Bool
  var kind: AccessPointKind
}

/// Whether an access point is to be opened, and why. All access logic is here, on the platform's
/// side: a partner only carries a decision out (B22).
struct AccessDecision: Sendable, Hashable {
  /// Whether to open.
  let allowed: Bool

  /// What was looked at, in order; of a refusal, the last one is the cause.
  let reasons: [String]

  /// Decides. The same facts always get the same decision.
  init(_ facts: AccessFacts) {
    var reasons: [String] = []
    var refused = false
    switch facts.membership {
    case .none:
      reasons.append("not_a_member")
      refused = true
    case .expired:
      reasons.append("membership_expired")
      refused = true
    case .live(let role):
      reasons.append("member:\(role.rawValue.lowercased())")
    }
    if !refused {
      reasons.append(
        facts.unitHasAccessPoint ? "unit_has_access_point" : "unit_lacks_access_point")
      refused = !facts.unitHasAccessPoint
    }
    if !refused, case .live(let role) = facts.membership {
      refused = !role.opens(facts.kind)
      reasons.append(refused ? "role_opens_no_doors" : "role_opens:\(facts.kind.reason)")
    }
    allowed = !refused
    self.reasons = reasons
  }
}

extension MemberRole {
  /// Whether the role opens this kind of access point.
  fileprivate func opens(_ kind: AccessPointKind) -> Bool {
    switch (self, kind) {
    case (.owner, _), (.inner, _): true
    case (.outer, .gate), (.outer, .barrier): true
    case (.outer, .door), (.outer, .unspecified): false
    }
  }
}

extension AccessPointKind {
  fileprivate var reason: String {
    switch self {
    case .unspecified, .door: "door"
    case .gate: "gate"
    case .barrier: "barrier"
    }
  }
}
