import GeneratedResidential
import LibCrypto
import RPC
import TestSupport
import Testing

@testable import Residential

@Suite("A partner that is slow")
struct SlowPartnerTests {
  @Test("beyond the deadline, everywhere: timed out, and visible", .covers("B21"))
  func timesOut() async throws {
    try await World.run(timing: .short) { world async throws in
      world.partner.fail(.open, .slow(.seconds(30)))
      world.partner.fail(.status, .slow(.seconds(30)))
      let metadata = await expectRefusal(.deadlineExceeded, "PARTNER_TIMED_OUT") {
        try await world.open(World.point, as: "anna")
      }
      let name = try #require(metadata["command"])
      let command = try await world.command(name)
      #expect(command.state == .timedOut && command.failure.code == "PARTNER_TIMED_OUT")
      #expect(try await world.journal() == [.failed])
      #expect(world.partner.count(.open) <= 1)

      // Only a late report of the device changes it.
      await expectRefusal(.failedPrecondition, "ILLEGAL_MOVE") {
        try await world.report(name, .acknowledged)
      }
      let late = try await world.report(name, .executed)
      #expect(late.state == .executed && !late.hasFailure)
      #expect(try await world.journal() == [.failed, .granted])
      #expect(try await world.changes(of: name).last == "TIMED_OUT -> EXECUTED")
    }
  }

  @Test("beyond the deadline, but it took the command: asked, and acknowledged")
  func askedAfterTheDeadline() async throws {
    try await World.run(
      timing: CommandTiming(
        timeToLive: .seconds(3), inquiryGrace: .seconds(20), firstPause: .milliseconds(5))
    ) { world async throws in
      world.partner.fail(.open, .slow(.seconds(30)))
      #expect(try await world.open(World.point, as: "anna").state == .acknowledged)
      #expect(world.partner.count(.open) == 1)
    }
  }

  @Test("beyond the caller's own deadline: the caller is told, and the outcome is kept")
  func callerGivesUp() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .slow(.milliseconds(900)), times: 1)
      let request = UUIDv7.make()
      let metadata = await expectRefusal(.deadlineExceeded, "PARTNER_TIMED_OUT") {
        try await world.open(
          World.point, as: "anna", request: request, deadline: .now + .milliseconds(500))
      }
      await world.domain.dispatcher.idle()
      let command = try await world.command(try #require(metadata["command"]))
      #expect(command.state == .acknowledged)
      let again = try await world.open(World.point, as: "anna", request: request)
      #expect(again.name == command.name)
      #expect(world.partner.count(.open) == 1)
    }
  }

  @Test("and a caller that hangs up loses nothing either")
  func callerHangsUp() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .slow(.milliseconds(300)), times: 1)
      let request = UUIDv7.make()
      let call = Task { try await world.open(World.point, as: "anna", request: request) }
      while world.partner.count(.open) == 0 { try await Task.sleep(for: .milliseconds(5)) }
      call.cancel()
      await expectRefusal(.deadlineExceeded, "PARTNER_TIMED_OUT") { try await call.value }
      await world.domain.dispatcher.idle()
      let again = try await world.open(World.point, as: "anna", request: request)
      #expect(again.state == .acknowledged)
      #expect(world.partner.count(.open) == 1)
    }
  }

  @Test("and reports the execution before it answers: the answer changes nothing")
  func reportOvertakesAnswer() async throws {
    try await World.run { world async throws in
      world.partner.onEffect { command in
        do {
          let reported = try await world.report(command, .executed)
          #expect(reported.state == .executed)
        } catch {
          Issue.record(error)
        }
      }
      let command = try await world.open(World.point, as: "anna")
      #expect(command.state == .executed && command.hasAckTime)
      #expect(try await world.journal() == [.granted])
      #expect(
        try await world.changes(of: command.name).suffix(2) == [
          "SENT -> ACKNOWLEDGED", "ACKNOWLEDGED -> EXECUTED",
        ])
    }
  }

  @Test("and a shutdown waits for what is on its way, and takes nothing new")
  func shutdown() async throws {
    try await World.run { world async throws in
      world.partner.fail(.open, .slow(.milliseconds(300)), times: 1)
      async let call = world.open(World.point, as: "anna")
      while world.partner.count(.open) == 0 { try await Task.sleep(for: .milliseconds(5)) }
      await world.domain.shutdown()
      #expect(try await call.state == .acknowledged)
      await expectRefusal(.unavailable, "DISPATCH_BUSY") {
        try await world.open(World.gate, as: "anna")
      }
    }
  }

  @Test("and the lease is renewed while the answer is awaited")
  func leaseIsRenewed() async throws {
    var timing = CommandTiming.patient
    timing.lease = .milliseconds(400)
    try await World.run(timing: timing) { world async throws in
      world.partner.fail(.open, .slow(.milliseconds(1500)), times: 1)
      async let call = world.open(World.point, as: "anna")
      while world.partner.count(.open) == 0 { try await Task.sleep(for: .milliseconds(5)) }
      try await Task.sleep(for: .milliseconds(800))
      await world.domain.recovery.sweep()
      #expect(world.partner.count(.status) == 0)
      #expect(try await call.state == .acknowledged)
    }
  }
}
