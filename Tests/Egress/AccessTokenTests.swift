import Synchronization
import TestSupport
import Testing

@testable import Egress

@Suite("The platform's tokens at other systems")
struct AccessTokenTests {
  /// A token endpoint without HTTP.
  private final class Fetches: Sendable {
    private let counter = Mutex(0)
    let life: Duration

    init(life: Duration = .seconds(60)) { self.life = life }

    var count: Int { counter.withLock { $0 } }

    func next() -> Result<AccessToken, AccessTokenError> {
      let number = counter.withLock { counter in
        counter += 1
        return counter
      }
      return .success(.init(value: "t\(number)", usableUntil: .now + life))
    }
  }

  private func credentials(
    tenant: String = "t", partner: String = "p", scope: String = "", version: [UInt8] = []
  ) -> ClientCredentials {
    let id = EgressDestination.ID(purpose: .partner, tenantID: tenant, name: partner)
    return ClientCredentials(
      .init(destination: id, tokenURL: "u", clientID: "c", scope: scope, version: version),
      at: EgressDestination(id, authorities: [])
    ) { .tlsCertificate }
  }

  @Test("are asked for once, however many want one", .covers("A19"))
  func once() async throws {
    let fetches = Fetches()
    let tokens = AccessTokens { _ in fetches.next() }
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 {
        group.addTask {
          try await tokens.token(for: credentials(), until: .now + .seconds(30)).value
        }
      }
      for try await value in group { #expect(value == "t1") }
    }
    #expect(fetches.count == 1)
  }

  @Test("are one tenant's, one partner's, for one scope, and of one secret")
  func apart() async throws {
    let fetches = Fetches()
    let tokens = AccessTokens { _ in fetches.next() }
    func token(_ credentials: ClientCredentials) async throws -> String {
      try await tokens.token(for: credentials, until: .now + .seconds(30)).value
    }
    #expect(try await token(credentials()) == "t1")
    #expect(try await token(credentials(tenant: "u")) == "t2")
    #expect(try await token(credentials(partner: "q")) == "t3")
    #expect(try await token(credentials(scope: "s")) == "t4")
    #expect(try await token(credentials(version: [1])) == "t5")
    #expect(try await token(credentials()) == "t1")
  }

  @Test("are asked for again when they end, or are forgotten")
  func again() async throws {
    let short = Fetches(life: .zero)
    let ending = AccessTokens { _ in short.next() }
    for number in 1...2 {
      let token = try await ending.token(for: credentials(), until: .now + .seconds(30))
      #expect(token.value == "t\(number)")
    }

    let fetches = Fetches()
    let tokens = AccessTokens { _ in fetches.next() }
    let first = try await tokens.token(for: credentials(), until: .now + .seconds(30))
    tokens.forget(first, of: credentials())
    let second = try await tokens.token(for: credentials(), until: .now + .seconds(30))
    #expect(second.value == "t2")
    // Who still has the old one does not take the new one away.
    tokens.forget(first, of: credentials())
    #expect(
      try await tokens.token(for: credentials(), until: .now + .seconds(30)).value == "t2")
  }

  @Test("that are refused are asked for again only after a while", .covers("A19"))
  func failure() async throws {
    let errors: [(AccessTokenError, Duration)] = [
      (.refused(status: 400, body: []), .seconds(10)),
      (.throttled(status: 429, retryAfter: .seconds(3)), .seconds(3)),
      (.throttled(status: 429, retryAfter: .seconds(3600)), .seconds(60)),
      // What may be otherwise at the next try is tried.
      (.throttled(status: 429, retryAfter: nil), .zero), (.failed(status: 500), .zero),
      (.secretAway, .zero),
    ]
    for (error, pause) in errors {
      let clock = EgressClock()
      let asked = Mutex(0)
      let tokens = AccessTokens(now: clock.now) { _ in
        asked.withLock { $0 += 1 }
        return .failure(error)
      }
      func ask() async {
        await #expect(throws: error) {
          try await tokens.token(for: credentials(), until: .now + .seconds(30))
        }
      }
      await ask()
      if pause > .zero {
        clock.move(pause - .milliseconds(1))
        await ask()
        #expect(asked.withLock { $0 } == 1)
        // Another secret is another matter.
        await #expect(throws: error) {
          try await tokens.token(for: credentials(version: [2]), until: .now + .seconds(30))
        }
        asked.withLock { $0 -= 1 }
        clock.move(.milliseconds(1))
      }
      await ask()
      #expect(asked.withLock { $0 } == 2)
    }
  }

  @Test("are not waited for beyond the deadline")
  func late() async {
    let tokens = AccessTokens { _ in
      // Cancelled or not, it is too late.
      try? await Task.sleep(for: .seconds(1))
      return .failure(.badAnswer)
    }
    await #expect(throws: AccessTokenError.unavailable(EgressError(.timedOut))) {
      try await tokens.token(for: credentials(), until: .now + .milliseconds(10))
    }
  }

  @Test("are bearer tokens that fit into a header, and are used for less than they live")
  func answers() {
    func read(_ text: String) -> TokenAnswer? { TokenAnswer(body: Array(text.utf8)) }
    let now = ContinuousClock.now
    let answer = read(#"{"access_token":"t","token_type":"Bearer","expires_in":600}"#)
    #expect(answer?.token(asked: now).usableUntil == now + .seconds(540))
    #expect(read(#"{"access_token":"t","token_type":"bearer"}"#)?.accessToken == "t")
    let short = read(#"{"access_token":"t","token_type":"bearer","expires_in":0.5}"#)
    #expect(short?.token(asked: now).usableUntil == now)
    for bad in [
      "", "{}", #"{"access_token":"","token_type":"Bearer"}"#,
      #"{"access_token":"t","token_type":"mac"}"#,
      #"{"access_token":"t\r\nx","token_type":"Bearer"}"#,
    ] {
      #expect(read(bad) == nil)
    }
  }
}
