import Synchronization
import TestSupport
import Testing

@testable import Egress

@Suite("Repeated calls")
struct RetryTests {
  private func response(_ status: Int, retryAfter: String? = nil) -> EgressResponse {
    EgressResponse(
      status: status, headers: retryAfter.map { ["retry-after": $0] } ?? [:], body: [],
      attempts: 1)
  }

  @Test("are at most one of five at a destination, whatever happens", .covers("S-F7", "C94"))
  func budget() {
    let id = EgressDestination.ID(purpose: .partner, tenantID: "t", name: "p")
    let other = EgressDestination.ID(purpose: .partner, tenantID: "u", name: "p")
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let budget = RetryBudget()
      var (calls, repeats) = (0, 0)
      for _ in 0..<400 {
        if Bool.random(using: &generator) {
          budget.deposit(id)
          calls += 1
        } else if budget.withdraw(id) {
          repeats += 1
        }
        #expect(repeats * 5 <= calls)
        #expect(!budget.withdraw(other))
      }
    }
    let budget = RetryBudget()
    for _ in 0..<1000 { budget.deposit(id) }
    var saved = 0
    while budget.withdraw(id) { saved += 1 }
    #expect(saved == RetryBudget.most)
  }

  @Test("come after a pause between nothing and a ceiling that doubles", .covers("S-F7"))
  func jitter() {
    let none = RetryRule(random: { 0 })
    let all = RetryRule(random: { 1 })
    let failure = Result<EgressResponse, EgressError>.failure(EgressError(.unreachable))
    for attempt in 1...20 {
      #expect(none.pause(after: failure, attempt: attempt) == .zero)
      let ceiling = min(Duration.milliseconds(100) * (1 << min(attempt - 1, 10)), .seconds(2))
      #expect(all.pause(after: failure, attempt: attempt) == ceiling)
    }
    #expect(none.pause(after: .success(response(503, retryAfter: "7")), attempt: 1) == .seconds(7))
    #expect(none.pause(after: .success(response(503, retryAfter: "soon")), attempt: 1) == .zero)
    #expect(none.pause(after: .success(response(429, retryAfter: "1")), attempt: 1) == .seconds(1))
  }

  @Test("come when the other system says, in seconds or by a date", .covers("S-F7"))
  func dates() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    #expect(RetryAfter.seconds(date) == 784_111_777)
    #expect(RetryAfter.seconds("Thu, 29 Feb 2024 23:59:60 GMT") == 1_709_251_200)
    #expect(RetryAfter.pause("Sun, 06 Nov 1994 08:49:47 GMT", date: date) == .seconds(10))
    #expect(RetryAfter.pause("Sun, 06 Nov 1994 08:49:27 GMT", date: date) == .zero)
    #expect(RetryAfter.pause("Sun, 13 Nov 1994 08:49:37 GMT", date: date) == nil)
    // The date is long ago by any clock.
    #expect(RetryAfter.pause(date, date: nil) == .zero)
    for bad in [
      "", "soon", "-1", "1.5", "86401", "99999999999999999999", "Sunday, 06-Nov-94 08:49:37 GMT",
      "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 24:49:37 GMT",
      "Sun, 6 Nov 1994 08:49:37 GMT",
    ] {
      #expect(RetryAfter.pause(bad, date: date) == nil, "\(bad)")
    }
  }

  @Test("are saved by calls that went out, and not by those that a breaker ended", .covers("S-F7"))
  func outage() async throws {
    try await EgressServer.with(answer: { _, number in
      .text(number <= 5 ? 500 : 503)
    }) { server in
      let (log, clock) = (EgressLog(), EgressClock())
      try await EgressClient.with(loopback: [server.authority], observer: log, clock: clock) {
        client in
        let url = "http://\(server.authority)/"
        for _ in 0..<4 { _ = await client.get(url, operation: "0", method: .post) }
        _ = await client.get(url, operation: "1", method: .post)
        _ = await client.get(url, operation: "0", method: .post)
        for _ in 0..<50 { _ = await client.get(url, operation: "0") }
        let before = log.attempts.count
        // Six calls went out, which saved one repetition.
        _ = await client.get(url, operation: "2")
        _ = await client.get(url, operation: "3")
        _ = await client.get(url, operation: "4")
        #expect(log.attempts.count == before + 4)
      }
    }
  }

  @Test("are had by those who are known, also where there is no room for more destinations")
  func room() {
    let budget = RetryBudget()
    func id(_ number: Int) -> EgressDestination.ID {
      .init(purpose: .partner, tenantID: "t", name: "\(number)")
    }
    for number in 0..<RetryBudget.capacity { budget.deposit(id(number)) }
    for _ in 0..<4 { budget.deposit(id(7)) }
    #expect(budget.withdraw(id(7)))
  }

  @Test("never follow an answer or a fault that would be the same again", .covers("S-F7"))
  func useless() {
    let rule = RetryRule(random: { 0 })
    for status in [200, 301, 400, 401, 404, 409, 429, 500, 501] {
      #expect(rule.pause(after: .success(response(status)), attempt: 1) == nil)
    }
    for reason in [
      EgressError.Reason.timedOut, .untrusted, .breakerOpen, .answerTooLarge, .badAnswer,
      .addressForbidden(.private), .hostNotAllowed, .cancelled, .closed,
    ] {
      #expect(rule.pause(after: .failure(EgressError(reason)), attempt: 1) == nil)
    }
  }

  @Test("are those that are idempotent or have a key, and no others", .covers("S-F7"))
  func which() async throws {
    try await EgressServer.with(answer: { _, _ in .init(fault: .drop) }) { server in
      let url = "http://\(server.authority)/"
      func attempts(_ method: EgressRequest.Method, key: String? = nil) async throws -> Int {
        let log = EgressLog()
        try await EgressClient.with(loopback: [server.authority], observer: log) { client in
          // A new breaker for each: what is measured is the number of attempts alone.
          for call in 0..<15 {
            _ = await client.get(url, operation: "\(call)", method: method, key: key)
          }
        }
        return log.attempts.count
      }
      let counts = [
        try await attempts(.post), try await attempts(.get), try await attempts(.post, key: "k"),
      ]
      #expect(counts == [15, 18, 18])
    }
  }

  @Test("never begin where the caller would be gone", .covers("S-F7"))
  func deadline() async throws {
    try await EgressServer.with(answer: { _, _ in
      .init(status: 503, headers: [("retry-after", "30")])
    }) { server in
      let log = EgressLog()
      try await EgressClient.with(loopback: [server.authority], observer: log) { client in
        for call in 0..<10 {
          let result = await client.get(
            "http://\(server.authority)/", operation: "\(call)", within: .seconds(5))
          #expect(result.status == 503)
        }
      }
      #expect(log.attempts.allSatisfy { $0.number == 1 })
    }
  }
}
