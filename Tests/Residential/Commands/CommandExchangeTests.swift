import LibCrypto
import Postgres
import TestSupport
import Testing

@testable import Residential

@Suite("The exchange with a partner")
struct CommandExchangeTests {
  private func run(
    _ partner: ScriptedPartner, from start: CommandExchange.Start = .fresh,
    within left: Duration = .seconds(60), timing: CommandTiming = .patient
  ) async -> CommandOutcome? {
    let order = PartnerOrder(
      commandID: UUIDv7.make(),
      route: PartnerRoute(
        endpoint: PartnerEndpoint(
          tenantID: "", partnerID: "", baseURI: "", tokenURI: "", clientID: "",
          credentials: PartnerCredentials()),
        deviceRef: "d"),
      key: "k", deadline: .now())
    return await CommandExchange(client: partner, timing: timing).outcome(
      of: order, from: start, expiry: .now + left)
  }

  @Test("takes the partner's word for it")
  func answers() async {
    let states: [(PartnerState, CommandOutcome)] = [
      (.acknowledged, .acknowledged), (.executed(at: nil), .executed(at: nil)),
      (.failed(code: "jammed"), .failed(.init(code: .error, partnerCode: "jammed"))),
    ]
    for (state, outcome) in states {
      let partner = ScriptedPartner(open: [.state(state)])
      #expect(await run(partner) == outcome)
      #expect(partner.calls == [.open])
    }
  }

  @Test("fails at once where the partner refuses")
  func refusal() async {
    let partner = ScriptedPartner(open: [.refused(code: "device_offline")])
    #expect(
      await run(partner) == .failed(.init(code: .refused, partnerCode: "device_offline")))
    #expect(partner.calls == [.open])
  }

  @Test("waits as long as a partner asks for, and not where the door's deadline is sooner")
  func throttled() async {
    let soon = ScriptedPartner(
      open: [
        .notSent(.error(code: "http_429"), retryAfter: .milliseconds(30)), .state(.acknowledged),
      ])
    let begin = ContinuousClock.now
    #expect(await run(soon) == .acknowledged)
    #expect(ContinuousClock.now - begin >= .milliseconds(30))
    #expect(soon.calls == [.open, .open])

    let late = ScriptedPartner(
      open: [.notSent(.error(code: "http_429"), retryAfter: .seconds(3600))])
    #expect(await run(late) == .failed(.init(code: .error, partnerCode: "http_429")))
    #expect(late.calls == [.open])
  }

  @Test("asks after an unclear send, and never sends again what the partner has")
  func unclearThenKnown() async {
    let partner = ScriptedPartner(
      open: [.unclear(.unreachable)],
      state: [.unclear(.unreachable), .notSent(.unreachable), .state(.executed(at: nil))])
    #expect(await run(partner) == .executed(at: nil))
    #expect(partner.calls == [.open, .state, .state, .state])
  }

  @Test("sends again what the partner says it never saw")
  func unclearThenUnknown() async {
    let partner = ScriptedPartner(
      open: [.unclear(.error(code: "http_500")), .state(.acknowledged)], state: [.unknownCommand])
    #expect(await run(partner) == .acknowledged)
    #expect(partner.calls == [.open, .state, .open])
  }

  @Test("gives a partner up that breaks at every send and never takes it")
  func brokenPartner() async {
    let partner = ScriptedPartner(
      open: [.unclear(.error(code: "http_500"))], state: [.unknownCommand])
    #expect(await run(partner) == .failed(.init(code: .error, partnerCode: "http_500")))
    #expect(partner.calls == [.open, .state, .open, .state, .open, .state])
  }

  @Test("gives a partner up that cannot be reached, knowing that nothing was sent")
  func unreachable() async {
    let partner = ScriptedPartner(open: [.notSent(.unreachable)])
    #expect(await run(partner) == .failed(.init(code: .unreachable)))
    #expect(partner.calls == [.open, .open, .open])
  }

  @Test("asks before it believes the refusal of a repetition")
  func refusedRepetition() async {
    let taken = ScriptedPartner(
      open: [.notSent(.unreachable), .refused(code: "in_progress")], state: [.state(.acknowledged)])
    #expect(await run(taken) == .acknowledged)
    #expect(taken.calls == [.open, .open, .state])

    let unknown = ScriptedPartner(
      open: [.notSent(.unreachable), .refused(code: "no")], state: [.unknownCommand])
    #expect(await run(unknown) == .failed(.init(code: .refused, partnerCode: "no")))
    #expect(unknown.calls == [.open, .open, .state])
  }

  @Test("is timed out, not failed, where nobody knows what happened")
  func unknownAtTheEnd() async {
    let partner = ScriptedPartner(open: [.unclear(.timedOut)], state: [.unclear(.unreachable)])
    #expect(await run(partner, within: .milliseconds(50), timing: .short) == .timedOut)
    #expect(partner.calls.filter { $0 == .open }.count == 1)
    #expect(partner.calls.count > 1)
  }

  @Test("never sends behind the deadline", arguments: [CommandExchange.Start.fresh, .afterSend])
  func expired(start: CommandExchange.Start) async {
    let partner = ScriptedPartner(open: [.state(.acknowledged)], state: [.unknownCommand])
    #expect(await run(partner, from: start, within: .seconds(-5)) == .timedOut)
    #expect(!partner.calls.contains(.open))
  }

  @Test("asks first when another process may have sent it")
  func recovering() async {
    let known = ScriptedPartner(state: [.state(.executed(at: nil))])
    #expect(await run(known, from: .afterSend) == .executed(at: nil))
    #expect(known.calls == [.state])

    let unknown = ScriptedPartner(open: [.state(.acknowledged)], state: [.unknownCommand])
    #expect(await run(unknown, from: .afterSend) == .acknowledged)
    #expect(unknown.calls == [.state, .open])
  }

  @Test("believes behind the deadline what the partner did before it")
  func lateAnswer() async {
    let partner = ScriptedPartner(state: [.state(.acknowledged)])
    #expect(await run(partner, from: .afterSend, within: .seconds(-5)) == .acknowledged)
  }

  @Test("asks once about an acknowledged command that was not executed in time")
  func overdueExecution() async {
    let replies: [(PartnerReply, CommandOutcome)] = [
      (.state(.executed(at: nil)), .executed(at: nil)), (.state(.acknowledged), .timedOut),
      (.state(.failed(code: "jammed")), .failed(.init(code: .error, partnerCode: "jammed"))),
      (.unknownCommand, .timedOut), (.unclear(.unreachable), .timedOut),
      (.notSent(.unreachable), .timedOut), (.refused(code: "x"), .timedOut),
    ]
    for (reply, outcome) in replies {
      let partner = ScriptedPartner(state: [reply])
      #expect(await run(partner, from: .afterAcknowledgement) == outcome)
      #expect(partner.calls == [.state])
    }
  }

  @Test("does not call a partner's odd answer to a send a success")
  func oddAnswer() async {
    let partner = ScriptedPartner(open: [.unknownCommand])
    #expect(await run(partner) == .failed(.init(code: .error, partnerCode: "unknown_command")))
  }

  @Test("knows nothing when it is cancelled")
  func cancelled() async {
    let partner = ScriptedPartner(open: [.unclear(.timedOut)], state: [.unclear(.unreachable)])
    let task = Task { await run(partner) }
    while partner.calls.isEmpty { await Task.yield() }
    task.cancel()
    #expect(await task.value == nil)
  }
}
