import TestSupport
import Testing

@testable import RPC

@Suite("Names that wait to be asked for")
struct AskQueueTests {
  private func verdicts(
    _ queue: inout AskQueue, _ rank: AskQueue.Rank, _ count: Int
  ) -> (started: Int, waiting: Int, refused: Int) {
    var counts = (0, 0, 0)
    for number in 0..<count {
      switch queue.add("\(rank) \(number)", rank) {
      case .start: counts.0 += 1
      case .wait: counts.1 += 1
      case .refuse: counts.2 += 1
      }
    }
    return counts
  }

  @Test("leaves places for known names, however many strangers there are")
  func strangers() {
    var queue = AskQueue()
    let strangers = verdicts(&queue, .stranger, 10_000)
    #expect(strangers == (16, 256, 10_000 - 272))
    let known = verdicts(&queue, .known, 1000)
    #expect(known == (16, 984, 0))
  }

  @Test("asks for known names first, each rank in its order")
  func order() {
    var queue = AskQueue()
    _ = verdicts(&queue, .stranger, 18)
    _ = verdicts(&queue, .known, 18)
    // A stranger's end is a stranger's place, unless somebody known waits.
    #expect(queue.finish(.stranger).map(\.name) == ["known 16"])
    #expect(queue.finish(.known).map(\.name) == ["known 17"])
    #expect(queue.finish(.known).map(\.name) == ["stranger 16"])
    #expect(queue.finish(.known).map(\.name) == [])
    #expect(queue.finish(.stranger).map(\.name) == ["stranger 17"])
  }
}
