import TestSupport
import Testing

@testable import RPC

@Suite("The listener's parts")
struct ListenerPartsTests {
  @Test("know a preface from its first bytes")
  func preface() {
    func judge(_ bytes: [UInt8]) -> Preface.Verdict { bytes.withUnsafeBytes(Preface.judge) }
    #expect(judge([]) == .incomplete)
    for count in 1..<24 {
      #expect(judge(Array(Preface.bytes[..<count])) == .incomplete)
      #expect(judge(Array(Preface.bytes[..<(count - 1)]) + [0]) == .wrong)
    }
    #expect(judge(Preface.bytes) == .complete)
    #expect(judge(Preface.bytes + [1, 2, 3]) == .complete)
  }

  @Test("keep times in their order")
  func deadlines() {
    var heap = DeadlineHeap()
    let start = ContinuousClock.now
    var generator = SystemRandomNumberGenerator()
    let offsets = (0..<500).map { _ in Int.random(in: 0..<1000, using: &generator) }
    for (place, offset) in offsets.enumerated() {
      heap.insert(start + .seconds(offset), place: UInt64(place), generation: 1)
    }
    #expect(heap.next == start + .seconds(offsets.min()!))
    #expect(heap.popDue(now: start - .seconds(1))?.place == nil)
    var seen: [Int] = []
    while let due = heap.popDue(now: start + .seconds(1000)) {
      seen.append(offsets[Int(due.place)])
    }
    #expect(seen == offsets.sorted())
    #expect(heap.next == nil)
  }

  @Test("find a connection by the core's name for it, and nothing by others")
  func table() {
    let table = ConnectionTable()
    func connection(_ id: UInt64) -> Connection {
      Connection(
        ConnectionInfo(
          id: id, address: "", serverName: nil, subject: nil, certificateChainDER: [],
          certificatePEM: nil, since: .now))
    }
    #expect(table.set(12, connection(1)) == nil)
    #expect(table.connection(named: "fd:12")?.info.id == 1)
    #expect(table.set(12, connection(2))?.info.id == 1)
    #expect(table.connection(named: "fd:12")?.info.id == 2)
    for name in [
      "", "f", "fd", "fd:", "fd:11", "fd:13", "fd:99999999999999999999", "fd:1x", "fd:-1",
      "ipv4:127.0.0.1:12", "unknown",
    ] {
      #expect(table.connection(named: name) == nil, "\(name)")
    }
  }

  @Test("read the name that a client asks for, and only one that a host can have")
  func serverName() {
    func hello(_ name: String) -> [UInt8] {
      let count = name.utf8.count
      return [0, UInt8(count + 3), 0, 0, UInt8(count)] + Array(name.utf8)
    }
    #expect(ClientHello.parse(hello("a.Test")) == "a.test")
    #expect(ClientHello.parse(hello("a.test.")) == "a.test")
    #expect(ClientHello.parse(hello("127.0.0.1")) == "127.0.0.1")
    for name in ["", ".", "a b", "a/b", "ä", "a\0b", "::1"] {
      #expect(ClientHello.parse(hello(name)) == "", "\(name)")
    }
    var wrong = hello("a.test")
    wrong[1] += 1
    #expect(ClientHello.parse(wrong) == "", "the list's length")
    wrong = hello("a.test")
    wrong[4] -= 1
    #expect(ClientHello.parse(wrong) == "", "the name's length")
    wrong = hello("a.test")
    wrong[2] = 1
    #expect(ClientHello.parse(wrong) == "", "another type")
    #expect(ClientHello.parse([]) == "")
    #expect(ClientHello.parse(hello("a.test") + hello("b.test")) == "", "two names")
  }

  @Test("allow as many connections as the process has descriptors for")
  func descriptors() {
    #expect(DescriptorLimit.connections(wanted: 100, each: 3, limit: 10_000) == 100)
    #expect(DescriptorLimit.connections(wanted: 20_000, each: 1, limit: 20_000) == 19_744)
    #expect(DescriptorLimit.connections(wanted: 20_000, each: 3, limit: 1024) == 256)
    #expect(DescriptorLimit.connections(wanted: 20_000, each: 3, limit: 2) == 1)
  }

  @Test("write a line per subject and second, and say how many they did not write")
  func log() {
    let log = ListenerLog()
    let start = ContinuousClock.now
    #expect(log.begin("a", now: start) == 0)
    #expect(log.begin("a", now: start + .milliseconds(999)) == nil)
    #expect(log.begin("a", now: start + .milliseconds(999)) == nil)
    #expect(log.begin("b", now: start + .milliseconds(999)) == 0)
    #expect(log.begin("a", now: start + .seconds(1)) == 2)
    #expect(log.begin("a", now: start + .seconds(2)) == 0)
    for name in 0..<5000 { #expect(log.begin("\(name)", now: start) == 0) }
  }

  @Test("hold what one side does not take, and no memory else")
  func backlog() {
    var backlog = Backlog()
    #expect(backlog.isEmpty)
    [1, 2, 3, 4].withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in backlog.append(bytes) }
    let all = backlog.count
    backlog.consume(all - 1)
    #expect(backlog.count == 1)
    #expect(backlog.withBytes { $0.count } == 1)
    backlog.consume(1)
    #expect(backlog.isEmpty)
  }
}
