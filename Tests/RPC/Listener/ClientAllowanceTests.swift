import TestSupport
import Testing

@testable import RPC

@Suite("What a client may ask on all of its connections")
struct ClientAllowanceTests {
  private let start = ContinuousClock.now
  private let limits = FrameLimits(headerListBytes: 16_384)

  private func frames(_ allowance: ClientAllowance) -> FrameGuard {
    var frames = FrameGuard(limits)
    frames.allowance = allowance
    return frames
  }

  /// A reset of a stream.
  private let reset: [UInt8] = [0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8]

  @Test("refills nothing for a client that connects again")
  func reconnecting() {
    let allowance = ClientAllowance(limits, suspension: nil)
    var verdicts: [FrameGuard.Abuse?] = []
    for _ in 0..<9 {
      // Each connection stays within its own limits.
      var guarded = frames(allowance)
      var bytes = Array(repeatElement(reset, count: limits.resets.burst).joined())
      verdicts.append(bytes.withUnsafeMutableBytes { guarded.inspect($0, now: { start }) })
    }
    #expect(verdicts == Array(repeating: nil, count: 8) + [.flood(type: 3)])
  }

  @Test("refuses a client for longer each time, and forgets after a while")
  func suspension() {
    let allowance = ClientAllowance(limits, suspension: .seconds(1))
    #expect(!allowance.isSuspended(now: start))
    var now = start
    for length in [1, 2, 4, 8] {
      allowance.strike(now: now)
      #expect(allowance.isSuspended(now: now + .seconds(length) - .milliseconds(1)))
      #expect(!allowance.isSuspended(now: now + .seconds(length)))
      now += .seconds(length)
    }
    for _ in 0..<40 { allowance.strike(now: now) }
    #expect(allowance.isSuspended(now: now + .seconds(299)))
    #expect(!allowance.isSuspended(now: now + .seconds(300)))
    now += ClientAllowance.memory + .seconds(1)
    allowance.strike(now: now)
    #expect(!allowance.isSuspended(now: now + .seconds(1)))
  }

  @Test("never refuses where there is no suspension")
  func noSuspension() {
    let allowance = ClientAllowance(limits, suspension: nil)
    allowance.strike(now: start)
    #expect(!allowance.isSuspended(now: start))
  }

  @Test("forgets clients that were quiet for long, and no others")
  func forgetting() {
    let allowance = ClientAllowance(limits, suspension: .seconds(1))
    let used = start + .seconds(1)
    _ = allowance.isSuspended(now: used)
    #expect(!allowance.isForgettable(now: used + ClientAllowance.memory))
    #expect(allowance.isForgettable(now: used + ClientAllowance.memory + .seconds(1)))
    allowance.strike(now: used + .seconds(300))
    #expect(!allowance.isForgettable(now: used + ClientAllowance.memory + .seconds(1)))
  }
}
