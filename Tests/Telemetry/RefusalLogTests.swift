import LogTestSupport
import Synchronization
import TestSupport
import Testing

@testable import Telemetry

@Suite("The log of refusals")
struct RefusalLogTests {
  @Test("has a line for each reason and second, and says how many there were more", .covers("S-F4"))
  func summed() {
    let lines = Lines()
    let start = ContinuousClock.now
    let seconds = Atomic<Int>(0)
    let log = RefusalLog(lines.logger) { start + .seconds(seconds.load(ordering: .relaxed)) }
    for _ in 0..<1000 {
      log.write(.info, "token refused", why: "expired", peer: "a")
      log.write(.info, "token refused", why: "badSignature", peer: "a")
    }
    #expect(lines.count(of: "token refused") == 2)
    seconds.add(1, ordering: .relaxed)
    log.write(.info, "token refused", why: "expired", peer: "b")
    #expect(
      lines.all.withLock(\.last)
        == #"token refused ["more=999", "peer=b", "why=expired"]"#)
  }

  @Test("remembers a bounded number of reasons, and all again a second later")
  func bounded() {
    let lines = Lines()
    let start = ContinuousClock.now
    let seconds = Atomic<Int>(0)
    let log = RefusalLog(lines.logger) { start + .seconds(seconds.load(ordering: .relaxed)) }
    for number in 0..<10_000 { log.write(.info, "refused", why: "\(number)", peer: "a") }
    #expect(lines.count(of: "refused") == 256)
    seconds.add(1, ordering: .relaxed)
    log.write(.info, "refused", why: "another", peer: "a")
    #expect(lines.count(of: "refused") == 257)
  }
}
