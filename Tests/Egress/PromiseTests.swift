import TestSupport
import Testing

@testable import Egress

@Suite("A value that comes later")
struct PromiseTests {
  @Test("is given to everybody who waits, and to who comes late")
  func everybody() async {
    let promise = Promise<Int>()
    await withTaskGroup(of: Int?.self) { group in
      for _ in 0..<50 { group.addTask { await promise.value(until: nil) } }
      promise.fulfil(7)
      promise.fulfil(8)
      for await value in group { #expect(value == 7) }
    }
    #expect(await promise.value(until: .now - .seconds(1)) == 7)
  }

  @Test("is nothing to who waits too short, or is cancelled")
  func givingUp() async {
    let promise = Promise<Int>()
    #expect(await promise.value(until: .now + .milliseconds(10)) == nil)
    #expect(await promise.value(until: .now - .seconds(1)) == nil)
    let waiting = Task { await promise.value(until: nil) }
    waiting.cancel()
    #expect(await waiting.value == nil)
    promise.fulfil(7)
    #expect(await promise.value(until: nil) == 7)
  }
}
