import Synchronization
import TestSupport
import Testing

@testable import RPC

@Suite("What is known of names' trust")
struct TrustBookTests {
  private let trust: ClientTrust
  private let other: ClientTrust

  init() throws {
    trust = ClientTrust(rootsPEM: try LabAuthority("a").rootPEM)
    other = ClientTrust(rootsPEM: try LabAuthority("b").rootPEM)
  }

  private func now(_ book: TrustBook, _ name: String?) -> String {
    switch book.trust(for: name, later: { _ in }) {
    case .trusted: "trusted"
    case .unknown: "unknown"
    case .broken: "broken"
    case nil: "asked"
    }
  }

  @Test("is one for everyone, or by name, and can be changed from one to the other")
  func sources() {
    let book = TrustBook(.everyone(trust))
    let heard = Mutex<[String]>([])
    let listener = book.add { change in
      let covered = [nil, "a", "b"].filter(change.covers).map { $0 ?? "-" }.joined()
      let answer = if case .trusted = change.answer { "trusted" } else { "unknown" }
      heard.withLock { $0.append("\(covered) \(answer)") }
    }
    #expect([nil, "a", "", "b"].map { now(book, $0) } == Array(repeating: "trusted", count: 4))
    book.set(trust, for: "a")
    #expect(
      [nil, "a", "", "b"].map { now(book, $0) } == ["unknown", "trusted", "unknown", "unknown"])
    #expect(heard.withLock { $0 } == ["-b unknown", "a trusted"])
    book.set(other, for: "b")
    book.set(nil, for: "a")
    #expect(["a", "b"].map { now(book, $0) } == ["unknown", "trusted"])
    book.set(everyone: trust)
    #expect([nil, "a"].map { now(book, $0) } == ["trusted", "trusted"])
    #expect(heard.withLock { $0.suffix(3) } == ["b trusted", "a unknown", "-ab trusted"])
    book.remove(listener)
    book.set(everyone: other)
    #expect(heard.withLock { $0.count } == 5)
    #expect(now(TrustBook(.table(["a": .init(rootsPEM: "-----BEGIN x")])), "a") == "broken")
  }

  @Test("is asked for once per name, for few names at a time, and everyone who waits is told")
  func asking() async {
    let (gate, open) = AsyncStream<Void>.makeStream()
    let running = Mutex((now: 0, most: 0, all: 0))
    let book = TrustBook(
      .asked(lifetime: .seconds(600), recheck: .seconds(600)) { [trust] _ in
        running.withLock {
          $0.now += 1
          $0.all += 1
          $0.most = max($0.most, $0.now)
        }
        for await _ in gate { break }
        running.withLock { $0.now -= 1 }
        return trust
      })
    let told = Atomic<Int>(0)
    for index in 0..<300 {
      let answer = book.trust(for: "n\(index % 100)") { _ in told.add(1, ordering: .relaxed) }
      #expect(answer == nil)
    }
    #expect(await eventually { running.withLock { $0.now } == 16 })
    open.finish()
    #expect(await eventually { told.load(ordering: .relaxed) == 300 })
    #expect(running.withLock { $0.most } == 16)
    #expect(running.withLock { $0.all } == 100)
    #expect(now(book, "n1") == "trusted")
    #expect(now(book, "") == "unknown", "a name that no host can have is not asked for")
    if case .trusted = book.known(for: "n1") {} else { Issue.record("it is not remembered") }
    #expect(book.known(for: "m") == nil)
  }

  @Test("keeps no stranger waiting where too many wait, and asks for known names meanwhile")
  func crowd() async {
    let (gate, open) = AsyncStream<Void>.makeStream()
    let book = TrustBook(
      .asked(lifetime: .zero, recheck: .seconds(600)) { [trust] name in
        if name != "known" { for await _ in gate { break } }
        return name == "known" ? trust : nil
      })
    let known = Atomic<Int>(0)
    _ = book.trust(for: "known") { _ in known.add(1, ordering: .relaxed) }
    #expect(await eventually { known.load(ordering: .relaxed) == 1 })
    let refused = (0..<1000).count { index in
      if case .broken = book.trust(for: "x\(index)", later: { _ in }) { true } else { false }
    }
    #expect(refused == 1000 - 16 - 256)
    _ = book.trust(for: "known") { _ in known.add(1, ordering: .relaxed) }
    #expect(await eventually { known.load(ordering: .relaxed) == 2 })
    open.finish()
  }

  @Test("asks once more where a name changed while it was asked for")
  func outdated() async {
    let (gate, open) = AsyncStream<Void>.makeStream()
    let asked = Atomic<Int>(0)
    let book = TrustBook(
      .asked(lifetime: .seconds(600), recheck: .seconds(600)) { [trust] _ in
        guard asked.add(1, ordering: .relaxed).newValue == 1 else { return trust }
        for await _ in gate { break }
        return nil
      })
    #expect(book.trust(for: "a", later: { _ in }) == nil)
    #expect(await eventually { asked.load(ordering: .relaxed) == 1 })
    book.set(nil, for: "a")
    open.finish()
    #expect(
      await eventually { if case .trusted = book.known(for: "a") { true } else { false } })
  }

  @Test("tells those who wait when the source is another, and takes no late answer for its own")
  func era() async {
    let (gate, open) = AsyncStream<Void>.makeStream()
    let answered = Atomic<Bool>(false)
    let book = TrustBook(
      .asked(lifetime: .seconds(600), recheck: .seconds(600)) { _ in
        for await _ in gate { break }
        answered.store(true, ordering: .relaxed)
        return nil
      })
    let told = Atomic<Int>(0)
    #expect(book.trust(for: nil) { _ in told.add(1, ordering: .relaxed) } == nil)
    book.set(everyone: trust)
    #expect(told.load(ordering: .relaxed) == 1)
    open.finish()
    #expect(await eventually { answered.load(ordering: .relaxed) })
    for _ in 0..<100 { await Task.yield() }
    #expect(now(book, "a") == "trusted")
  }

  @Test("forgets names that strangers made up, and none under which connections stand")
  func forgetting() async {
    let book = TrustBook(
      .asked(lifetime: .seconds(600), recheck: .seconds(600)) { [trust] name in
        name == "needed" ? trust : nil
      })
    let told = Atomic<Int>(0)
    book.refresh("needed")
    for index in 0..<17_000 {
      // Where too many wait, the answer comes at once.
      while case .broken = book.trust(
        for: "n\(index)", later: { _ in told.add(1, ordering: .relaxed) })
      { await Task.yield() }
    }
    #expect(await eventually { told.load(ordering: .relaxed) == 17_000 })
    #expect(book.known(for: "needed") != nil)
    let remembered = (0..<17_000).count { book.known(for: "n\($0)") != nil }
    #expect(remembered < 16_385)
  }
}
