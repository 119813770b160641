import LibCrypto
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("A partner that is broken")
struct BrokenPartnerTests {
  @Test(
    "is left alone: no command is made, nothing is sent, and the same request may come again",
    .covers("S-F5", "S-F6", "B30"))
  func leftAlone() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .answer(500, ""), times: 6)
      for _ in 1...2 {
        await expectRefusal(.unavailable, "PARTNER_FAILED") {
          try await world.open(World.point, as: "anna")
        }
      }
      let sent = world.partner.requests.count
      let request = UUIDv7.make()
      let metadata = await expectRefusal(.unavailable, "PARTNER_UNAVAILABLE") {
        try await world.open(World.point, as: "anna", request: request)
      }
      #expect(metadata["partner"] == "partners/doors")
      #expect(world.partner.requests.count == sent)
      let known = try await world.complex.fixture.sql(
        "SELECT count(*) FROM artel.command WHERE request_id = '\(request)'")
      #expect(known.contains("0"))
      // Who may not open is told that, not how the partner is.
      await expectRefusal(.permissionDenied, "ACCESS_DENIED") {
        try await world.open(World.point, as: "past")
      }
      let status = try #require(
        world.egress.breakers.statuses(tenantID: world.a).first { $0.key.operation == "open" })
      #expect(status.state == .open && status.counts.failures == 5)
      #expect(world.egress.breakers.reset(status.key))
      world.partner.heal()
      let command = try await world.open(World.point, as: "anna", request: request)
      #expect(command.state == .acknowledged)
      #expect(world.partner.openings == 1)
    }
  }
}
