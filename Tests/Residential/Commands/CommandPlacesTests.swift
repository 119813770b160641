import TestSupport
import Testing

@testable import Residential

@Suite("Places for commands")
struct CommandPlacesTests {
  private func fresh(_ tenant: String, _ partner: String) -> CommandPlaces.Holder {
    .fresh(tenantID: tenant, partnerID: partner)
  }

  /// Takes places until there are no more.
  private func fill(
    _ places: inout CommandPlaces, _ holder: CommandPlaces.Holder, _ expected: Int,
    _ location: SourceLocation = #_sourceLocation
  ) {
    var count = 0
    while places.take(holder) { count += 1 }
    #expect(count == expected, sourceLocation: location)
  }

  @Test("are an eighth at most for one partner, and a quarter for one tenant", .covers("S-F6"))
  func shares() {
    var places = CommandPlaces(CommandPlaceLimits())
    fill(&places, fresh("a", "p"), 32)
    fill(&places, fresh("a", "q"), 32)
    fill(&places, fresh("a", "r"), 0)
    // A partner of the same name at another tenant is another one.
    fill(&places, fresh("b", "p"), 32)
    places.give(fresh("a", "p"))
    fill(&places, fresh("a", "r"), 1)
    fill(&places, fresh("a", "p"), 0)
  }

  @Test("are kept for the recovery, however many commands are given")
  func recovery() {
    var places = CommandPlaces(CommandPlaceLimits())
    for tenant in 0..<20 {
      for partner in 0..<2 { while places.take(fresh("\(tenant)", "\(partner)")) {} }
    }
    #expect(places.vacancies(ofRecoveryIn: "0") == 16)
    fill(&places, .recovered(tenantID: "0"), 16)
    fill(&places, .recovered(tenantID: "1"), 16)
    fill(&places, .recovered(tenantID: "2"), 0)
    places.give(.recovered(tenantID: "0"))
    fill(&places, fresh("new", "p"), 0)
    fill(&places, .recovered(tenantID: "2"), 1)
  }

  @Test("of the recovery beyond its own are taken from all, and given back")
  func overflow() {
    var places = CommandPlaces(CommandPlaceLimits(total: 16, perTenant: 16, perPartner: 16))
    fill(&places, .recovered(tenantID: "a"), 16)
    fill(&places, fresh("a", "p"), 0)
    for _ in 0..<16 { places.give(.recovered(tenantID: "a")) }
    fill(&places, fresh("a", "p"), 14)
  }
}
