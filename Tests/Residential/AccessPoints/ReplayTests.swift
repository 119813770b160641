import LibCrypto
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("A repeated request to open")
struct ReplayTests {
  @Test("opens once, however many come at once", .covers("S-G5", "S-G2"))
  func concurrently() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .slow(.milliseconds(100)), times: 1)
      let request = UUIDv7.make()
      let commands = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<20 {
          group.addTask {
            let command = try await world.open(World.point, as: "anna", request: request)
            #expect(command.state == .acknowledged)
            return command.name
          }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(commands.count == 1)
      #expect(world.partner.count(.open) == 1)
      #expect(world.partner.openings == 1)
    }
  }

  @Test("gets the command as it is now, in any spelling of the UUID", .covers("S-G2", "S-G7"))
  func later() async throws {
    try await World.run { world async throws in
      let request = UUIDv7.make()
      let first = try await world.open(World.point, as: "anna", request: request)
      _ = try await world.report(first.name, .executed)
      let again = try await world.open(
        World.point, as: "anna", request: request.uppercased())
      #expect(again.name == first.name && again.state == .executed)
      #expect(world.partner.count(.open) == 1)
    }
  }

  @Test("is refused where it is another request", .covers("S-G3"))
  func reused() async throws {
    try await World.run { world async throws in
      let request = UUIDv7.make()
      _ = try await world.open(World.point, as: "anna", request: request)
      let others: [(String, String)] = [(World.gate, "anna"), (World.point, "ivan")]
      for (point, person) in others {
        await expectRefusal(.failedPrecondition, "REQUEST_ID_REUSED") {
          try await world.open(point, as: person, request: request)
        }
      }
      #expect(world.partner.count(.open) == 1)
    }
  }

  @Test("is another tenant's own request in another tenant", .covers("S-G6"))
  func otherTenant() async throws {
    try await World.run { world async throws in
      let request = UUIDv7.make()
      let a = try await world.open(World.point, as: "anna", request: request, in: world.a)
      let b = try await world.open(World.point, as: "anna", request: request, in: world.b)
      #expect(a.name != b.name)
      #expect(world.partner.openings == 2)
    }
  }

  @Test("gets the same failure again", .covers("S-G2"))
  func failed() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .answer(409, #"{"error":{"code":"device_offline"}}"#), times: 1)
      let request = UUIDv7.make()
      let first = await expectRefusal(.unavailable, "PARTNER_FAILED") {
        try await world.open(World.point, as: "anna", request: request)
      }
      let again = await expectRefusal(.unavailable, "PARTNER_FAILED") {
        try await world.open(World.point, as: "anna", request: request)
      }
      #expect(first == again)
      #expect(world.partner.count(.open) == 1)
    }
  }

  @Test("gets the command unchanged while another process has it")
  func elsewhere() async throws {
    try await World.run { world async throws in
      // The helper's rows have their own identifier as the request's.
      let id = try await world.leave(.sent, deadline: 60, lease: 60)
      let command = try await world.open(World.point, as: "anna", request: id)
      #expect(command.name == "commands/\(id)" && command.state == .sent)
      #expect(world.partner.requests.isEmpty)
    }
  }

  @Test("keeps nothing of a request that was refused as not found", .covers("S-G7"))
  func notKept() async throws {
    try await World.run { world async throws in
      let request = UUIDv7.make()
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.open(World.point, as: "anna", unit: "units/none", request: request)
      }
      #expect(
        try await world.open(World.point, as: "anna", request: request).state == .acknowledged)
    }
  }
}
