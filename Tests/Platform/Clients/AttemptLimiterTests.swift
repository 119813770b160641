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
      limiter.failed(clientID: "intercom", peer: peer)
    }
    await expectRefusal(.resourceExhausted, "TOO_MANY_ATTEMPTS") {
      try limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.1:99"))
    }
    clock.advance(.seconds(5))
    try limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.1:99"))
  }

  @Test("locks nobody out from another address, and no other client", .covers("S-C29"))
  func keys() throws {
    let limiter = AttemptLimiter(now: clock.now)
    for _ in 0..<30 { limiter.failed(clientID: "intercom", peer: peer("ipv4:10.0.0.1:1")) }
    try limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.2:1"))
    try limiter.admit(clientID: "barrier", peer: peer("ipv4:10.0.0.1:1"))
  }

  @Test("forgives in the end, however many failed")
  func forgiveness() throws {
    let limiter = AttemptLimiter(now: clock.now)
    for _ in 0..<1000 { limiter.failed(clientID: "intercom", peer: peer("ipv4:10.0.0.1:1")) }
    clock.advance(.seconds(60))
    try limiter.admit(clientID: "intercom", peer: peer("ipv4:10.0.0.1:1"))
  }

  @Test(
    "counts a host whatever its port",
    arguments: [
      ("ipv4:10.0.0.1:4000", "ipv4:10.0.0.1"), ("ipv6:[::1]:4000", "ipv6:[::1]"),
      ("unix:/run/a:1", "unix:/run/a:1"), ("10.0.0.1", "10.0.0.1"), ("", ""),
    ])
  func host(address: String, host: String) { #expect(AttemptLimiter.host(of: address) == host) }
}
