import GeneratedResidential
import LibCrypto
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("A partner's report on a command")
struct CommandReportTests {
  @Test("of the state that it has changes nothing")
  func repeated() async throws {
    try await World.run { world async throws in
      let command = try await world.open(World.point, as: "anna")
      #expect(try await world.report(command.name, .acknowledged).state == .acknowledged)
      let first = try await world.report(command.name, .executed)
      let again = try await world.report(command.name, .executed)
      #expect(first == again)
      #expect(try await world.journal() == [.granted])
      #expect(try await world.changes(of: command.name).count == 5)
    }
  }

  @Test("tells the partner nothing of who lives where", .covers("A10"))
  func minimal() async throws {
    try await World.run { world async throws in
      let command = try await world.open(World.point, as: "anna")
      let reported = try await world.report(command.name, .executed)
      #expect(reported.requestedBy.isEmpty && reported.unit.isEmpty && !reported.hasDecision)
      #expect(reported.requestID.isEmpty && reported.accessPoint == World.point)
    }
  }

  @Test("that moves it where it cannot go is refused with the legal moves")
  func illegal() async throws {
    try await World.run { world async throws in
      let command = try await world.open(World.point, as: "anna")
      _ = try await world.report(command.name, .executed)
      for state in [Artel_Residential_V1_Command.State.acknowledged, .failed] {
        let metadata = await expectRefusal(.failedPrecondition, "ILLEGAL_MOVE") {
          try await world.report(command.name, state)
        }
        #expect(metadata["from"] == "EXECUTED" && metadata["legal_moves"] == "")
      }
      let other = try await world.open(World.gate, as: "anna")
      let failed = try await world.report(other.name, .failed) { $0.failureCode = "jammed" }
      #expect(failed.failure.code == "PARTNER_ERROR" && failed.failure.partnerCode == "jammed")
      await expectRefusal(.failedPrecondition, "ILLEGAL_MOVE") {
        try await world.report(other.name, .executed)
      }
      let timedOut = try await world.leave(.sent, deadline: -100)
      try await world.partner.stop()
      await world.recover()
      let metadata = await expectRefusal(.failedPrecondition, "ILLEGAL_MOVE") {
        try await world.report("commands/\(timedOut)", .failed)
      }
      #expect(metadata["legal_moves"] == "EXECUTED" && metadata["from"] == "TIMED_OUT")
    }
  }

  @Test("must be of a state that partners report")
  func badState() async throws {
    try await World.run { world async throws in
      let command = try await world.open(World.point, as: "anna")
      for state in [Artel_Residential_V1_Command.State.unspecified, .sent, .denied, .timedOut] {
        await expectRefusal(.invalidArgument, "FIELD_INVALID") {
          try await world.report(command.name, state)
        }
      }
    }
  }

  @Test(
    "is taken from the partner's own client alone, about its own commands", .covers("A12", "S-D12"))
  func foreign() async throws {
    try await World.run { world async throws in
      let command = try await world.open(World.point, as: "anna")
      _ = try await world.partners.createPartner(
        request: .with {
          $0.partnerID = "lifts"
          $0.partner = world.partnerMessage
          $0.partner.reportingClientID = "lifts-callback"
        }, context: world.administrator(world.a))
      var answers: Set<RPCError> = []
      let tries: [(String, String, String)] = [
        ("doors", "lifts-callback", command.name), ("lifts", "lifts-callback", command.name),
        ("lifts", "doors-callback", command.name), ("none", "doors-callback", command.name),
        ("doors", "doors-callback", "commands/\(UUIDv7.make())"),
        ("doors", "doors-callback", "commands/none"),
      ]
      for (partner, client, name) in tries {
        let error = await refusal {
          try await world.report(name, .executed, partner: partner, by: client)
        }
        #expect(error?.code == .notFound)
        if let error { answers.insert(error) }
      }
      let other = await refusal { try await world.report(command.name, .executed, in: world.b) }
      if let other { answers.insert(other) }
      #expect(answers.count == 1)
      #expect(try await world.command(command.name).state == .acknowledged)
    }
  }

  @Test("is for partners alone")
  func partnersOnly() async throws {
    try await World.run { world async throws in
      let command = try await world.open(World.point, as: "anna")
      await expectRefusal(.permissionDenied, "PRINCIPAL_KIND_REFUSED") {
        try await world.commands.reportCommand(
          request: .with {
            $0.name = "partners/doors/\(command.name)"
            $0.state = .executed
          }, context: world.user("anna", in: world.a))
      }
    }
  }

  @Test("says nothing of a command that never went to a partner")
  func denied() async throws {
    try await World.run { world async throws in
      let metadata = await expectRefusal(.permissionDenied, "ACCESS_DENIED") {
        try await world.open(World.point, as: "oleg")
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.report(try #require(metadata["command"]), .executed)
      }
    }
  }

  @Test("is believed about the time, within what is possible")
  func occurTime() async throws {
    try await World.run { world async throws in
      let first = try await world.open(World.point, as: "anna")
      let past = try await world.report(first.name, .executed) { $0.occurTime = .init(seconds: 1) }
      #expect(past.executedTime == first.sentTime)
      let second = try await world.open(World.gate, as: "anna")
      let future = try await world.report(second.name, .executed) {
        $0.occurTime = .init(seconds: 253_402_300_799)
      }
      #expect(future.executedTime.seconds < first.sentTime.seconds + 3600)
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.report(second.name, .executed) { $0.occurTime = .init(seconds: .max) }
      }
    }
  }
}
