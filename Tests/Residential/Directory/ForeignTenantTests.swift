import GeneratedResidential
import LibCrypto
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("Another tenant")
struct ForeignTenantTests {
  @Test("sees of every resource what it sees of one that does not exist", .covers("S-D12", "S-D17"))
  func everyMethod() async throws {
    try await World.run { world async throws in
      // Names that only tenant A has; B has the same buildings otherwise.
      let admin = world.administrator(world.a)
      _ = try await world.directory.createProperty(
        request: .with { $0.propertyID = "only-a" }, context: admin)
      _ = try await world.directory.createUnit(
        request: .with {
          $0.unitID = "only-a"
          $0.unit.property = "properties/only-a"
          $0.unit.accessPoints = [World.gate]
        }, context: admin)
      _ = try await world.partners.createPartner(
        request: .with {
          $0.partnerID = "only-a"
          $0.partner = world.partnerMessage
        }, context: admin)
      _ = try await world.points.createAccessPoint(
        request: .with {
          $0.parent = "properties/only-a"
          $0.accessPointID = "only-a"
          $0.accessPoint.partner = "partners/only-a"
          $0.accessPoint.deviceRef = "d"
        }, context: admin)
      try await world.join("anna", "only-a", .owner, in: world.a)
      let command = try await world.open(World.gate, as: "anna", unit: "units/only-a")
      let unknownCommand = "commands/\(UUIDv7.make())"

      for (context, name) in [
        (world.administrator(world.b), "administrator"), (world.service(world.b), "service"),
        (world.user("anna", in: world.b), "user"),
      ] {
        let calls: [(String, (String, String) async throws -> Any)] = [
          (
            "GetProperty",
            { id, _ in
              try await world.directory.getProperty(
                request: .with { $0.name = "properties/\(id)" }, context: context)
            }
          ),
          (
            "GetUnit",
            { id, _ in
              try await world.directory.getUnit(
                request: .with { $0.name = "units/\(id)" }, context: context)
            }
          ),
          (
            "ListMembers",
            { id, _ in
              try await world.directory.listMembers(
                request: .with { $0.parent = "units/\(id)" }, context: context)
            }
          ),
          (
            "GetAccessPoint",
            { id, _ in
              try await world.points.getAccessPoint(
                request: .with { $0.name = "properties/\(id)/accessPoints/\(id)" },
                context: context)
            }
          ),
          (
            "ListAccessPoints",
            { id, _ in
              try await world.points.listAccessPoints(
                request: .with { $0.parent = "properties/\(id)" }, context: context)
            }
          ),
          (
            "GetCommand",
            { _, command in
              try await world.commands.getCommand(
                request: .with { $0.name = command }, context: context)
            }
          ),
          (
            "ListAccessEvents",
            { id, _ in
              try await world.events.listAccessEvents(
                request: .with { $0.parent = "units/\(id)" }, context: context)
            }
          ),
          (
            "WatchAccessEvents",
            { id, _ in
              try await world.events.watchAccessEvents(
                request: .with { $0.parent = "units/\(id)" }, response: RPCWriter { _ in },
                context: context)
            }
          ),
          (
            "GetPartner",
            { id, _ in
              try await world.partners.getPartner(
                request: .with { $0.name = "partners/\(id)" }, context: context)
            }
          ),
        ]
        for (method, call) in calls {
          let foreign = await refusal { try await call("only-a", command.name) }
          let unknown = await refusal { try await call("none", unknownCommand) }
          #expect(foreign?.code == .notFound, "\(method) as \(name)")
          #expect(foreign == unknown, "\(method) as \(name)")
        }
      }
      let foreign = await refusal {
        try await world.open(World.gate, as: "anna", unit: "units/only-a", in: world.b)
      }
      let unknown = await refusal {
        try await world.open(World.gate, as: "anna", unit: "units/none", in: world.b)
      }
      #expect(foreign?.code == .notFound && foreign == unknown)

      #expect(try await world.journal(world.b) == [])
      #expect(try await world.changes(of: command.name, in: world.b) == [])
      let units = try await world.directory.listUnits(
        request: .init(), context: world.administrator(world.b))
      #expect(units.units.map(\.name) == ["units/flat-1", "units/flat-2"])
    }
  }

  @Test("keeps its own things under the same names", .covers("S-D17"))
  func sameNames() async throws {
    try await World.run { world async throws in
      let mine = try await world.open(World.point, as: "anna", in: world.a)
      #expect(try await world.journal(world.b) == [])
      _ = try await world.report(mine.name, .executed, in: world.a)
      #expect(try await world.journal(world.a) == [.granted])
      #expect(try await world.journal(world.b) == [])
      let theirs = try await world.open(World.point, as: "anna", in: world.b)
      #expect(theirs.name != mine.name)
    }
  }

  @Test("cannot be referred to", .covers("S-D6"))
  func references() async throws {
    try await World.run { world async throws in
      _ = try await world.directory.createProperty(
        request: .with { $0.propertyID = "only-a" }, context: world.administrator(world.a))
      await expectRefusal(.failedPrecondition, "REFERENCE_NOT_FOUND") {
        try await world.directory.createUnit(
          request: .with {
            $0.unitID = "x"
            $0.unit.property = "properties/only-a"
          }, context: world.administrator(world.b))
      }
    }
  }
}
