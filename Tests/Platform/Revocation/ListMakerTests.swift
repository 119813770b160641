import RPC
import Synchronization
import TestSupport
import Testing

@testable import Platform

/// A list that takes its time, and how often it was made.
private final class SlowList: Sendable {
  private let gate: AsyncStream<Void>
  private let opener: AsyncStream<Void>.Continuation
  private let count = Mutex(0)

  init() { (gate, opener) = AsyncStream.makeStream(of: Void.self) }

  var made: Int { count.withLock { $0 } }

  func finish() { opener.finish() }

  @Sendable func make() async throws -> [UInt8] {
    count.withLock { $0 += 1 }
    for await _ in gate {}
    return [1]
  }
}

@Suite("A revocation list that is asked for")
struct ListMakerTests {
  @Test("is made once for all who ask meanwhile, and again for who asks later")
  func together() async throws {
    let maker = ListMaker()
    let slow = SlowList()
    let tasks = (0..<5).map { _ in
      Task { try await maker.list(tenantID: "t", authorityID: "a", slow.make) }
    }
    // Another authority's waits for nobody.
    #expect(try await maker.list(tenantID: "t", authorityID: "b") { [2] } == [2])
    while slow.made == 0 { await Task.yield() }
    slow.finish()
    for task in tasks { #expect(try await task.value == [1]) }
    #expect((1...5).contains(slow.made))
    #expect(try await maker.list(tenantID: "t", authorityID: "a") { [3] } == [3])
  }

  @Test("is not tried again at once where it cannot be made")
  func failure() async throws {
    let time = ManualClock()
    let maker = ListMaker(now: time.now)
    let failure = RPCError(code: .internalError, message: "no list")
    await #expect(throws: RPCError.self) {
      _ = try await maker.list(tenantID: "t", authorityID: "a") { throw failure }
    }
    await #expect(throws: RPCError.self) {
      _ = try await maker.list(tenantID: "t", authorityID: "a") { [1] }
    }
    #expect(try await maker.list(tenantID: "t", authorityID: "b") { [2] } == [2])
    time.advance(.seconds(60))
    #expect(try await maker.list(tenantID: "t", authorityID: "a") { [1] } == [1])
  }
}
