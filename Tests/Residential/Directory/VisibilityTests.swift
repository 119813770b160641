import GeneratedResidential
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("What a person sees of the complex")
struct VisibilityTests {
  @Test("is its own units, and what they may open", .covers("A23"))
  func own() async throws {
    try await World.run { world async throws in
      let (anna, vera) = (world.user("anna", in: world.a), world.user("vera", in: world.a))
      let units = try await world.directory.listUnits(request: .init(), context: anna)
      #expect(units.units.map(\.name) == ["units/flat-1"])
      let points = try await world.points.listAccessPoints(
        request: .with { $0.parent = "properties/north" }, context: vera)
      #expect(points.accessPoints.map(\.name) == ["properties/north/accessPoints/back-door"])
      let properties = try await world.directory.listProperties(request: .init(), context: anna)
      #expect(properties.properties.map(\.name) == ["properties/north"])
      let get = Artel_Residential_V1_GetAccessPointRequest.with { $0.name = World.point }
      #expect(try await world.points.getAccessPoint(request: get, context: anna).kind == .door)
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.points.getAccessPoint(request: get, context: vera)
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.directory.getUnit(
          request: .with { $0.name = "units/flat-2" }, context: anna)
      }
    }
  }

  @Test("is nothing without a membership, and nothing any more after its end", .covers("A23"))
  func nothing() async throws {
    try await World.run { world async throws in
      for person in ["nobody", "past"] {
        let context = world.user(person, in: world.a)
        #expect(
          try await world.directory.listUnits(request: .init(), context: context).units.isEmpty)
        #expect(
          try await world.directory.listProperties(request: .init(), context: context)
            .properties.isEmpty)
        let calls: [() async throws -> Any] = [
          {
            try await world.directory.getProperty(
              request: .with { $0.name = "properties/north" }, context: context)
          },
          {
            try await world.directory.getUnit(
              request: .with { $0.name = "units/flat-1" }, context: context)
          },
          {
            try await world.directory.listMembers(
              request: .with { $0.parent = "units/flat-1" }, context: context)
          },
          {
            try await world.points.listAccessPoints(
              request: .with { $0.parent = "properties/north" }, context: context)
          },
          {
            try await world.events.listAccessEvents(
              request: .with { $0.parent = "units/flat-1" }, context: context)
          },
        ]
        for call in calls { await expectRefusal(.notFound, "RESOURCE_NOT_FOUND", call) }
      }
    }
  }

  @Test("names the other members to owners alone", .covers("A10"))
  func members() async throws {
    try await World.run { world async throws in
      func subjects(_ context: ServerContext) async throws -> [String] {
        try await world.directory.listMembers(
          request: .with { $0.parent = "units/flat-1" }, context: context
        ).members.map(\.subject)
      }
      let all = ["artel:anna", "artel:ivan", "artel:oleg", "artel:past"]
      #expect(try await subjects(world.user("anna", in: world.a)) == all)
      #expect(try await subjects(world.service(world.a)) == all)
      #expect(try await subjects(world.administrator(world.a)) == all)
      #expect(
        try await subjects(world.user("ivan", in: world.a)) == ["", "artel:ivan", "", ""])
    }
  }

  @Test("is a command of its own unit, and who asked for it where that is its business")
  func commands() async throws {
    try await World.run { world async throws in
      let command = try await world.open(World.point, as: "ivan")
      func requestedBy(_ person: String) async throws -> String {
        try await world.commands.getCommand(
          request: .with { $0.name = command.name }, context: world.user(person, in: world.a)
        ).requestedBy
      }
      #expect(try await requestedBy("anna") == "artel:ivan")
      #expect(try await requestedBy("ivan") == "artel:ivan")
      #expect(try await requestedBy("oleg") == "")
      for person in ["vera", "past", "nobody"] {
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") { try await requestedBy(person) }
      }
    }
  }

  @Test("shows a partner nothing of the directory", .covers("A23"))
  func partner() async throws {
    try await World.run { world async throws in
      let partner = world.partnerCaller(in: world.a)
      await expectRefusal(.permissionDenied, "PRINCIPAL_KIND_REFUSED") {
        try await world.directory.listUnits(request: .init(), context: partner)
      }
    }
  }

  @Test("needs a caller")
  func anonymous() async throws {
    try await World.run { world async throws in
      var context = world.user("anna", in: world.a)
      context.attachment = nil
      await expectRefusal(.unauthenticated, "CREDENTIAL_MISSING") {
        try await world.directory.listUnits(request: .init(), context: context)
      }
    }
  }
}
