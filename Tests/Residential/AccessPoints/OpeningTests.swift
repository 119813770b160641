import LibCrypto
import Postgres
import RPC
import Storage
import TestSupport
import Testing

@testable import Residential

@Suite("Opening an access point")
struct OpeningTests {
  @Test(
    "opens a door: decided here, carried out by the partner, in journal, audit and outbox",
    .covers("A03", "B20", "B21", "B22", "B23", "B24", "B26", "A19", "A27"))
  func opens() async throws {
    try await World.run { world async throws in
      let command = try await world.open(World.point, as: "anna")
      #expect(command.state == .acknowledged)
      #expect(command.accessPoint == World.point)
      #expect(command.unit == "units/flat-1")
      #expect(command.requestedBy == "artel:anna")
      #expect(command.decision.allowed)
      #expect(
        command.decision.reasons == ["member:owner", "unit_has_access_point", "role_opens:door"])
      #expect(command.hasAckTime && command.hasSentTime && !command.hasExecutedTime)
      #expect(command.deadline.seconds - command.sentTime.seconds == 60)
      #expect(try await world.journal() == [])

      let request = try #require(world.partner.requests.last)
      #expect(request.method == "POST" && request.path == "/v1/devices/dev%2Fmain-door/open")
      let id = String(command.name.dropFirst("commands/".count))
      #expect(request.headers["idempotency-key"] == id)
      #expect(request.headers["content-type"] == "application/json")
      let deadline = try Timestamp(command.deadline, field: "").rfc3339
      #expect(request.body == #"{"command":"\#(command.name)","deadline":"\#(deadline)"}"#)

      let executed = try await world.report(command.name, .executed)
      #expect(executed.state == .executed && executed.hasExecutedTime)
      #expect(try await world.journal() == [.granted])
      #expect(
        try await world.changes(of: command.name) == [
          "-> CREATED", "CREATED -> AUTHORIZED", "AUTHORIZED -> SENT", "SENT -> ACKNOWLEDGED",
          "ACKNOWLEDGED -> EXECUTED",
        ])
      let events = try await world.outbox(world.a)
      #expect(
        events.filter { $0 == "residential.command.changed \(command.name)" }.count == 4)
      #expect(events.filter { $0.hasPrefix("residential.access_event.created") }.count == 1)
      #expect(world.partner.openings == 1)
    }
  }

  @Test("opens a barrier for somebody who comes by", .covers("A05"))
  func opensBarrier() async throws {
    try await World.run { world async throws in
      world.partner.opens(into: "EXECUTED")
      let command = try await world.open(
        "properties/north/accessPoints/barrier", as: "oleg")
      #expect(command.state == .executed && command.hasAckTime && command.hasExecutedTime)
      #expect(try await world.journal() == [.granted])
      #expect(
        try await world.changes(of: command.name).suffix(2) == [
          "SENT -> ACKNOWLEDGED", "ACKNOWLEDGED -> EXECUTED",
        ])
    }
  }

  @Test(
    "refuses with its reasons, writes that down, and asks no partner", .covers("B22", "B26"),
    arguments: [
      (
        "oleg", World.point, "units/flat-1",
        "member:outer,unit_has_access_point,role_opens_no_doors"
      ),
      ("past", World.gate, "units/flat-1", "membership_expired"),
      ("both", World.gate, "units/flat-2", "member:owner,unit_lacks_access_point"),
    ])
  func denies(person: String, point: String, unit: String, reasons: String) async throws {
    try await World.run { world async throws in
      if person == "both" {
        for unit in ["flat-1", "flat-2"] {
          try await world.join(person, unit, .owner, in: world.a)
        }
      }
      let request = UUIDv7.make()
      let metadata = await expectRefusal(.permissionDenied, "ACCESS_DENIED") {
        try await world.open(point, as: person, unit: unit, request: request)
      }
      #expect(metadata["reasons"] == reasons)
      let name = try #require(metadata["command"])
      let command = try await world.command(name)
      #expect(command.state == .denied && !command.decision.allowed && !command.hasDeadline)
      #expect(command.decision.reasons.joined(separator: ",") == reasons)
      #expect(try await world.journal() == [.denied])
      #expect(
        try await world.changes(of: name) == ["-> CREATED", "CREATED -> DENIED"])
      #expect(world.partner.requests.isEmpty)

      // A repetition gets the same answer and leaves no second trace.
      let again = await expectRefusal(.permissionDenied, "ACCESS_DENIED") {
        try await world.open(point, as: person, unit: unit, request: request)
      }
      #expect(again == metadata)
      #expect(try await world.journal() == [.denied])
    }
  }

  @Test("takes the strongest of several memberships")
  func strongest() async throws {
    try await World.run { world async throws in
      _ = try await world.directory.createMember(
        request: .with {
          $0.parent = "units/flat-1"
          $0.memberID = "oleg-again"
          $0.member.subject = "artel:oleg"
          $0.member.role = .inner
        }, context: world.administrator(world.a))
      let command = try await world.open(World.point, as: "oleg")
      #expect(command.decision.reasons.first == "member:inner")
    }
  }

  @Test("opens for people alone")
  func peopleOnly() async throws {
    try await World.run { world async throws in
      for caller in [world.service(world.a), world.partnerCaller(in: world.a)] {
        await expectRefusal(.permissionDenied, "PRINCIPAL_KIND_REFUSED") {
          try await world.points.openAccessPoint(
            request: .with {
              $0.name = World.point
              $0.unit = "units/flat-1"
              $0.requestID = UUIDv7.make()
            }, context: caller)
        }
      }
    }
  }

  @Test("says nothing of what the person may not know", .covers("S-D12"))
  func hidden() async throws {
    try await World.run { world async throws in
      // Somebody of another unit; an access point of none of its units; things that are not there.
      let tries: [(String, String, String)] = [
        ("vera", World.point, "units/flat-1"),
        ("anna", "properties/north/accessPoints/back-door", "units/flat-1"),
        ("anna", World.point, "units/flat-2"), ("nobody", World.point, "units/flat-1"),
        ("anna", World.point, "units/none"),
        ("anna", "properties/north/accessPoints/none", "units/flat-1"),
        ("anna", "properties/none/accessPoints/main-door", "units/flat-1"),
      ]
      var answers: Set<RPCError> = []
      for (person, point, unit) in tries {
        let error = await refusal { try await world.open(point, as: person, unit: unit) }
        #expect(error?.code == .notFound)
        if let error { answers.insert(error) }
      }
      #expect(answers.count == 1)
      #expect(world.partner.requests.isEmpty)
      #expect(try await world.journal() == [])
    }
  }

  @Test("refuses a request_id that is no UUID")
  func badRequestID() async throws {
    try await World.run { world async throws in
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.open(World.point, as: "anna", request: "once")
      }
    }
  }

  @Test(
    "takes no more commands than it has places for, of a tenant's or a partner's own",
    arguments: [
      CommandPlaceLimits(total: 1), .init(total: 64, perTenant: 1), .init(total: 64, perPartner: 1),
    ])
  func bounded(places: CommandPlaceLimits) async throws {
    try await World.run(places: places) { world async throws in
      world.partner.fail(.open, .slow(.milliseconds(500)), times: 1)
      async let first = world.open(World.point, as: "anna")
      while world.partner.count(.open) == 0 { try await Task.sleep(for: .milliseconds(5)) }
      await expectRefusal(.unavailable, "DISPATCH_BUSY") {
        try await world.open(World.gate, as: "anna")
      }
      // Who would be refused anyway needs no place to be told so.
      await expectRefusal(.permissionDenied, "ACCESS_DENIED") {
        try await world.open(World.gate, as: "past")
      }
      if places.total > 1 {
        // Another tenant's doors open meanwhile.
        #expect(try await world.open(World.gate, as: "anna", in: world.b).state == .acknowledged)
      }
      #expect(try await first.state == .acknowledged)
      #expect(try await world.open(World.gate, as: "anna").state == .acknowledged)
    }
  }
}
