import GeneratedResidential
import LibCrypto
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("Pages of lists")
struct PageTests {
  /// Walks through a list page by page.
  private func walk(
    _ list: (String) async throws -> (names: [String], next: String)
  ) async throws -> [[String]] {
    var pages: [[String]] = []
    var token = ""
    repeat {
      let page = try await list(token)
      pages.append(page.names)
      token = page.next
    } while !token.isEmpty && pages.count < 50
    return pages
  }

  @Test("follow each other without a gap, in the order of names")
  func everyList() async throws {
    try await World.run { world async throws in
      let admin = world.administrator(world.a)
      for id in ["east", "south", "west"] {
        _ = try await world.directory.createProperty(
          request: .with { $0.propertyID = id }, context: admin)
      }
      let properties = try await walk { token in
        let page = try await world.directory.listProperties(
          request: .with {
            $0.pageSize = 3
            $0.pageToken = token
          }, context: admin)
        return (page.properties.map(\.name), page.nextPageToken)
      }
      #expect(
        properties == [
          ["properties/east", "properties/north", "properties/south"], ["properties/west"],
        ])
      let units = try await walk { token in
        let page = try await world.directory.listUnits(
          request: .with {
            $0.pageSize = 1
            $0.pageToken = token
          }, context: admin)
        return (page.units.map(\.name), page.nextPageToken)
      }
      #expect(units == [["units/flat-1"], ["units/flat-2"]])
      let members = try await walk { token in
        let page = try await world.directory.listMembers(
          request: .with {
            $0.parent = "units/flat-1"
            $0.pageSize = 2
            $0.pageToken = token
          }, context: admin)
        return (page.members.map { String($0.name.suffix(4)) }, page.nextPageToken)
      }
      #expect(members == [["anna", "ivan"], ["oleg", "past"]])
      let points = try await walk { token in
        let page = try await world.points.listAccessPoints(
          request: .with {
            $0.parent = "properties/north"
            $0.pageSize = 3
            $0.pageToken = token
          }, context: admin)
        return (page.accessPoints.map(\.displayName), page.nextPageToken)
      }
      #expect(points.map(\.count) == [3, 1])
    }
  }

  @Test("of the journal and the audit go from the newest to the oldest")
  func journals() async throws {
    try await World.run { world async throws in
      for _ in 0..<5 {
        await expectRefusal(.permissionDenied, "ACCESS_DENIED") {
          try await world.open(World.point, as: "oleg")
        }
      }
      let events = try await walk { token in
        let page = try await world.events.listAccessEvents(
          request: .with {
            $0.parent = "units/flat-1"
            $0.pageSize = 2
            $0.pageToken = token
          }, context: world.user("anna", in: world.a))
        return (page.accessEvents.map(\.name), page.nextPageToken)
      }
      #expect(events.map(\.count) == [2, 2, 1])
      #expect(Set(events.joined()).count == 5)
      #expect(Array(events.joined()) == events.joined().sorted(by: >))
    }
  }

  @Test("of another list, parent or tenant are refused", .covers("S-D12"))
  func foreignTokens() async throws {
    try await World.run { world async throws in
      let token = try await world.directory.listUnits(
        request: .with { $0.pageSize = 1 }, context: world.administrator(world.a)
      ).nextPageToken
      #expect(!token.isEmpty)
      await expectRefusal(.invalidArgument, "PAGE_INVALID") {
        try await world.directory.listUnits(
          request: .with { $0.pageToken = token }, context: world.administrator(world.b))
      }
      await expectRefusal(.invalidArgument, "PAGE_INVALID") {
        try await world.directory.listProperties(
          request: .with { $0.pageToken = token }, context: world.administrator(world.a))
      }
      await expectRefusal(.invalidArgument, "PAGE_INVALID") {
        try await world.directory.listUnits(
          request: .with { $0.pageToken = token }, context: world.user("anna", in: world.a))
      }
    }
  }
}
