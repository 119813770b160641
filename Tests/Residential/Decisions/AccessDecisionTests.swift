import TestSupport
import Testing

@testable import Residential

@Suite("The access decision")
struct AccessDecisionTests {
  static let everything: [AccessFacts] = {
    var all: [AccessFacts] = []
    let memberships: [AccessFacts.Membership] =
      [.none, .expired] + MemberRole.allCases.map { .live($0) }
    for membership in memberships {
      for has in [true, false] {
        for kind in AccessPointKind.allCases {
          all.append(AccessFacts(membership: membership, unitHasAccessPoint: has, kind: kind))
        }
      }
    }
    return all
  }()

  @Test(
    "allows exactly members whose role opens what their unit has", .covers("B22"),
    arguments: everything)
  func isExhaustive(facts: AccessFacts) {
    let decision = AccessDecision(facts)
    let roleOpens =
      switch facts.membership {
      case .live(.owner), .live(.inner): true
      case .live(.outer): facts.kind == .gate || facts.kind == .barrier
      case .none, .expired: false
      }
    #expect(decision.allowed == (roleOpens && facts.unitHasAccessPoint))
    #expect(decision == AccessDecision(facts))
  }

  @Test("names what it looked at, in order")
  func reasons() {
    func reasons(
      _ membership: AccessFacts.Membership, _ has: Bool = true, _ kind: AccessPointKind = .door
    ) -> [String] {
      AccessDecision(.init(membership: membership, unitHasAccessPoint: has, kind: kind)).reasons
    }
    #expect(reasons(.none) == ["not_a_member"])
    #expect(reasons(.expired) == ["membership_expired"])
    #expect(reasons(.live(.owner), false) == ["member:owner", "unit_lacks_access_point"])
    #expect(
      reasons(.live(.inner)) == ["member:inner", "unit_has_access_point", "role_opens:door"])
    #expect(
      reasons(.live(.outer)) == ["member:outer", "unit_has_access_point", "role_opens_no_doors"])
    #expect(
      reasons(.live(.outer), true, .barrier)
        == ["member:outer", "unit_has_access_point", "role_opens:barrier"])
    #expect(
      reasons(.live(.outer), true, .gate)
        == ["member:outer", "unit_has_access_point", "role_opens:gate"])
    #expect(
      reasons(.live(.outer), true, .unspecified)
        == ["member:outer", "unit_has_access_point", "role_opens_no_doors"])
  }
}
