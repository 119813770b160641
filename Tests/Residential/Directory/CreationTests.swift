import GeneratedResidential
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("Creating the complex")
struct CreationTests {
  @Test("again with the same body gives what is there; with another, a conflict")
  func repeated() async throws {
    try await World.run { world async throws in
      let admin = world.administrator(world.a)

      var property = Artel_Residential_V1_CreatePropertyRequest()
      property.propertyID = "south"
      property.property.displayName = "South"
      property.property.address = "1 Sea Street"
      let made = try await world.directory.createProperty(request: property, context: admin)
      #expect(made.name == "properties/south" && made.hasCreateTime)
      #expect(try await world.directory.createProperty(request: property, context: admin) == made)
      property.property.address = "2 Sea Street"
      await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") {
        try await world.directory.createProperty(request: property, context: admin)
      }

      var unit = Artel_Residential_V1_CreateUnitRequest()
      unit.unitID = "flat-9"
      unit.unit.property = "properties/south"
      unit.unit.number = "9"
      unit.unit.accessPoints = [World.gate, World.point]
      let flat = try await world.directory.createUnit(request: unit, context: admin)
      #expect(flat.accessPoints == [World.gate, World.point])
      #expect(try await world.directory.createUnit(request: unit, context: admin) == flat)
      unit.unit.accessPoints = [World.point, World.gate]
      await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") {
        try await world.directory.createUnit(request: unit, context: admin)
      }

      let member = try await world.join("zoe", "flat-9", .inner, in: world.a)
      #expect(try await world.join("zoe", "flat-9", .inner, in: world.a) == member)
      await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") {
        try await world.join("zoe", "flat-9", .owner, in: world.a)
      }

      var point = Artel_Residential_V1_CreateAccessPointRequest()
      point.parent = "properties/south"
      point.accessPointID = "gate"
      point.accessPoint.partner = "partners/doors"
      point.accessPoint.deviceRef = "g-1"
      let gate = try await world.points.createAccessPoint(request: point, context: admin)
      #expect(try await world.points.createAccessPoint(request: point, context: admin) == gate)
      point.accessPoint.kind = .gate
      await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") {
        try await world.points.createAccessPoint(request: point, context: admin)
      }
      #expect(try await world.changes(of: "properties/south/accessPoints/gate") == ["created"])
    }
  }

  @Test("refuses what names something that is not there")
  func references() async throws {
    try await World.run { world async throws in
      let admin = world.administrator(world.a)
      await expectRefusal(.failedPrecondition, "REFERENCE_NOT_FOUND") {
        try await world.directory.createUnit(
          request: .with {
            $0.unitID = "x"
            $0.unit.property = "properties/none"
          }, context: admin)
      }
      let lists = [["properties/north/accessPoints/none"], ["properties/north"]]
      for (number, points) in lists.enumerated() {
        await expectRefusal(.failedPrecondition, "REFERENCE_NOT_FOUND") {
          try await world.directory.createUnit(
            request: .with {
              $0.unitID = "x\(number)"
              $0.unit.property = "properties/north"
              $0.unit.accessPoints = points
            }, context: admin)
        }
        // Nothing of a refused unit is kept.
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          try await world.directory.getUnit(
            request: .with { $0.name = "units/x\(number)" }, context: admin)
        }
      }
      await expectRefusal(.failedPrecondition, "REFERENCE_NOT_FOUND") {
        try await world.points.createAccessPoint(
          request: .with {
            $0.parent = "properties/north"
            $0.accessPointID = "x"
            $0.accessPoint.partner = "partners/none"
            $0.accessPoint.deviceRef = "d"
          }, context: admin)
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.points.createAccessPoint(
          request: .with {
            $0.parent = "properties/none"
            $0.accessPointID = "x"
            $0.accessPoint.partner = "partners/doors"
            $0.accessPoint.deviceRef = "d"
          }, context: admin)
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.join("zoe", "none", .owner, in: world.a)
      }
    }
  }

  @Test("refuses values that make no sense")
  func values() async throws {
    try await World.run { world async throws in
      let admin = world.administrator(world.a)
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.directory.createUnit(
          request: .with {
            $0.unitID = "x"
            $0.unit.property = "properties/north"
            $0.unit.accessPoints = [World.gate, World.gate]
          }, context: admin)
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.directory.createProperty(
          request: .with {
            $0.propertyID = "x"
            $0.property.displayName = "a\u{0}b"
          }, context: admin)
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.join("zoe", "flat-1", .unspecified, in: world.a)
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.directory.createMember(
          request: .with {
            $0.parent = "units/flat-1"
            $0.memberID = "zoe"
            $0.member.subject = "artel:zoe"
            $0.member.role = .inner
            $0.member.expireTime = .init(seconds: .max)
          }, context: admin)
      }
      for device in [".", ".."] {
        await expectRefusal(.invalidArgument, "FIELD_INVALID") {
          try await world.points.createAccessPoint(
            request: .with {
              $0.parent = "properties/north"
              $0.accessPointID = "x"
              $0.accessPoint.partner = "partners/doors"
              $0.accessPoint.deviceRef = device
            }, context: admin)
        }
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.points.createAccessPoint(
          request: .with {
            $0.parent = "properties/north"
            $0.accessPointID = "x"
            $0.accessPoint.kind = .UNRECOGNIZED(9)
            $0.accessPoint.partner = "partners/doors"
            $0.accessPoint.deviceRef = "d"
          }, context: admin)
      }
    }
  }
}
