import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The limit of failed attempts")
struct AttemptLimiterTests {
  private let clock = ManualClock()

  private func peer(_ address: String) -> Peer { Peer(address: address, door: .rest) }

  @Test("lets ten fail, then asks for patience", .covers("S-C29"))
  func burst() async throws {
    let limiter = AttemptLimiter(now: clock.now)
    for port in 1...10 {
      let peer = peer("ipv4:10.0.0.1:\(port)")
      try limiter.admit(clientID: "intercom", peer: peer)
    }
    await expectRefusal(.resourceExhausted, "TOO_MANY_ATTEMPTS") {
      try limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.1:99"))
    }
    clock.advance(.seconds(5))
    try limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.1:99"))
  }

  @Test("counts what is under way, so that many at once are no more than one by one")
  func parallel() async throws {
    let limiter = AttemptLimiter(now: clock.now)
    let guesser = peer("10.0.0.1")
    let tried = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<100 {
        group.addTask {
          _ = try? await limiter.attempt(clientID: "intercom", peer: guesser) { () -> Bool? in
            tried.increment()
            await Task.yield()
            return nil
          }
        }
      }
    }
    #expect(tried.value == 10)
  }

  @Test("counts neither what was right nor what nobody could tell")
  func forgiven() async throws {
    struct Outage: Error {}
    let limiter = AttemptLimiter(now: clock.now)
    for _ in 0..<100 {
      let result = try await limiter.attempt(clientID: "intercom", peer: peer("10.0.0.1")) { 1 }
      #expect(result == 1)
      await #expect(throws: Outage.self) {
        _ = try await limiter.attempt(clientID: "intercom", peer: peer("10.0.0.1")) { () -> Int? in
          throw Outage()
        }
      }
    }
  }

  @Test("bounds one network about all clients together", .covers("S-C29", "S-F4"))
  func network() async throws {
    let limiter = AttemptLimiter(now: clock.now)
    for number in 0..<60 {
      try limiter.admit(clientID: "client-\(number)", peer: peer("2001:db8::\(number)"))
    }
    await expectRefusal(.resourceExhausted, "TOO_MANY_ATTEMPTS") {
      try limiter.admit(clientID: "another", peer: peer("2001:db8::ffff"))
    }
    try limiter.admit(clientID: "another", peer: peer("2001:db8:0:1::1"))
  }

  @Test("locks nobody out from another address, and no other client", .covers("S-C29"))
  func keys() throws {
    let limiter = AttemptLimiter(now: clock.now)
    for _ in 0..<30 { try? limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.1:1")) }
    try limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.2:1"))
    try limiter.admit(clientID: "barrier", peer: peer("ipv4:10.0.0.1:1"))
  }

  @Test("forgives in the end, however many failed")
  func forgiveness() throws {
    let limiter = AttemptLimiter(now: clock.now)
    for _ in 0..<1000 { try? limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.1:1")) }
    clock.advance(.seconds(60))
    try limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.1:1"))
  }
}
