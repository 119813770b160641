import GeneratedResidential
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("The journal")
struct JournalTests {
  @Test("is a unit's to its members, with names to who may know them", .covers("B26", "A10"))
  func ofUnit() async throws {
    try await World.run { world async throws in
      world.partner.opens(into: "EXECUTED")
      let command = try await world.open(World.point, as: "ivan")
      func journal(_ person: String) async throws -> [Artel_Residential_V1_AccessEvent] {
        try await world.events.listAccessEvents(
          request: .with { $0.parent = "units/flat-1" }, context: world.user(person, in: world.a)
        ).accessEvents
      }
      let event = try #require(try await journal("anna").first)
      #expect(event.name.hasPrefix("accessEvents/") && !event.resumeToken.isEmpty)
      #expect(event.command == command.name && event.accessPoint == World.point)
      #expect(event.unit == "units/flat-1" && event.method == .app && event.result == .granted)
      #expect(event.occurTime == command.executedTime)
      #expect(event.subject == "artel:ivan")
      #expect(try await journal("ivan").map(\.subject) == ["artel:ivan"])
      #expect(try await journal("oleg").map(\.subject) == [""])
    }
  }

  @Test("of a whole property is for services and administrators")
  func ofProperty() async throws {
    try await World.run { world async throws in
      for parent in ["properties/north", "properties/none"] {
        await expectRefusal(.permissionDenied, "PROPERTY_JOURNAL") {
          try await world.events.listAccessEvents(
            request: .with { $0.parent = parent }, context: world.user("anna", in: world.a))
        }
        await expectRefusal(.permissionDenied, "PROPERTY_JOURNAL") {
          try await world.events.watchAccessEvents(
            request: .with { $0.parent = parent }, response: RPCWriter { _ in },
            context: world.user("anna", in: world.a))
        }
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.events.listAccessEvents(
          request: .with { $0.parent = "properties/none" }, context: world.service(world.a))
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.events.listAccessEvents(
          request: .with { $0.parent = "doors/north" }, context: world.service(world.a))
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.events.listAccessEvents(
          request: .with { $0.parent = "units/" }, context: world.service(world.a))
      }
    }
  }
}
