import TestSupport
import Testing

@testable import Egress

@Suite("Breakers of what is called")
struct BreakersTests {
  @Test("refuse at once, tell how long, and let one probe through", .covers("S-F5", "A33", "B30"))
  func cycle() async throws {
    try await EgressServer.with(answer: { _, number in .text(number <= 5 ? 500 : 200) }) {
      server in
      let (clock, log) = (EgressClock(), EgressLog())
      try await EgressClient.with(loopback: [server.authority], observer: log, clock: clock) {
        client in
        let url = "http://\(server.authority)/"
        for _ in 0..<5 { #expect(await client.get(url).status == 500) }
        let begin = ContinuousClock.now
        for _ in 0..<100 {
          #expect(
            await client.get(url).error == EgressError(.breakerOpen, retryAfter: .seconds(30)))
        }
        // A hundred refusals, each far under five milliseconds on average.
        #expect(ContinuousClock.now - begin < .milliseconds(500))
        #expect(server.requests.count == 5)
        clock.move(.seconds(30))
        #expect(await client.get(url).status == 200)
        #expect(await client.get(url).status == 200)
        #expect(log.moves.map(\.to) == [.open, .halfOpen, .closed])
        let status = try #require(client.breakers.statuses(tenantID: "t").first)
        #expect(status.state == .closed && status.counts.rejections == 100)
        #expect(status.counts.failures == 5 && status.counts.successes == 2)
      }
    }
  }

  @Test("are apart: by tenant, by partner, by operation", .covers("S-F6", "A33"))
  func apart() async throws {
    try await EgressServer.with(answer: { request, _ in
      .text(request.path == "/bad" ? 500 : 200)
    }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        let (bad, good) = ("http://\(server.authority)/bad", "http://\(server.authority)/good")
        for _ in 0..<5 { _ = await client.get(bad) }
        #expect(await client.get(good).error?.reason == .breakerOpen)
        #expect(await client.get(good, tenant: "u").status == 200)
        #expect(await client.get(good, partner: "q").status == 200)
        #expect(await client.get(good, operation: "other").status == 200)
        #expect(client.breakers.statuses(tenantID: "u").map(\.state) == [.closed])
        #expect(client.breakers.statuses(tenantID: "t").count == 3)
        #expect(client.breakers.statuses(tenantID: "v").isEmpty)
      }
    }
  }

  @Test("are shut while they refuse, and no longer, though nobody calls", .covers("A30"))
  func shut() async throws {
    try await EgressServer.with(answer: { _, _ in .text(500) }) { server in
      let clock = EgressClock()
      try await EgressClient.with(loopback: [server.authority], clock: clock) { client in
        let url = "http://\(server.authority)/"
        for _ in 0..<4 { _ = await client.get(url, partner: "p") }
        #expect(client.breakers.shut(limit: 10, ofTenant: 9).named.isEmpty)
        for partner in ["p", "q"] {
          for _ in 0..<5 { _ = await client.get(url, partner: partner) }
        }
        let shut = client.breakers.shut(limit: 10, ofTenant: 9)
        #expect(Set(shut.named.map(\.key.destination.name)) == ["p", "q"])
        #expect(shut.named.map(\.state) == [.open, .open] && shut.open == 2)
        let one = client.breakers.shut(limit: 1, ofTenant: 9)
        #expect(one.named.count == 1 && one.open == 2)
        let part = client.breakers.shut(limit: 10, ofTenant: 1)
        #expect(part.named.count == 1 && part.open == 2)
        clock.move(.seconds(30))
        let later = client.breakers.shut(limit: 10, ofTenant: 9)
        #expect(later.named.map(\.state) == [.halfOpen, .halfOpen] && later.open == 0)
      }
    }
  }

  @Test(
    "of one partner leave the other's calls untouched while both are under load", .covers("S-F6"))
  func load() async throws {
    try await EgressServer.with(answer: { _, _ in .init(fault: .drop) }) { broken in
      try await EgressServer.with(answer: { _, _ in .text(200) }) { sound in
        try await EgressClient.with(loopback: [broken.authority, sound.authority]) { client in
          let statuses = await withTaskGroup(of: (String, Int?).self) { group in
            for index in 0..<200 {
              let partner = index % 2 == 0 ? "broken" : "sound"
              let url = "http://\(index % 2 == 0 ? broken.authority : sound.authority)/"
              group.addTask {
                (partner, await client.get(url, partner: partner, method: .post).status)
              }
            }
            return await group.reduce(into: [String: [Int?]]()) {
              $0[$1.0, default: []].append($1.1)
            }
          }
          #expect(statuses["sound"] == [Int?](repeating: 200, count: 100))
          #expect(statuses["broken"] == [Int?](repeating: nil, count: 100))
          #expect(client.breakers.pause(of: Self.key("broken")) != nil)
          #expect(client.breakers.pause(of: Self.key("sound")) == nil)
        }
      }
    }
  }

  @Test("are closed by whoever may, and tell of it")
  func reset() async throws {
    let log = EgressLog()
    try await EgressServer.with(answer: { _, number in .text(number <= 5 ? 500 : 200) }) {
      server in
      try await EgressClient.with(loopback: [server.authority], observer: log) { client in
        let url = "http://\(server.authority)/"
        for _ in 0..<5 { _ = await client.get(url, partner: "p") }
        #expect(!client.breakers.reset(Self.key("q")))
        #expect(client.breakers.reset(Self.key("p")))
        #expect(await client.get(url, partner: "p").status == 200)
      }
    }
    #expect(log.moves.map(\.to) == [.open, .closed])
  }

  @Test("do not open because the platform itself refuses to call, or nobody answers for names")
  func refusals() async throws {
    struct Silent: EgressResolver {
      struct Gone: Error {}
      func addresses(of host: String) async throws -> [IPAddress] { throw Gone() }
    }
    try await EgressClient.with(resolver: Silent()) { client in
      for _ in 0..<30 {
        let error = await client.get("https://partner.example/", method: .post).error
        #expect(error == EgressError(.lookupFailed))
        #expect(await client.get("https://partner.example:22/").error != nil)
      }
      #expect(client.breakers.pause(of: Self.key("p")) == nil)
    }
  }

  @Test("tell a name that leads inside from one that leads nowhere no more than callers do")
  func oracle() async throws {
    for answer in [[], ["10.0.0.1"]] {
      try await EgressClient.with(resolver: TableResolver([answer])) { client in
        for _ in 0..<5 { _ = await client.get("https://partner.example/", method: .post) }
        #expect(client.breakers.pause(of: Self.key("p")) != nil)
      }
    }
  }

  @Test("are forgotten where there are too many: a tenant's own first, closed ones, the oldest")
  func capacity() {
    let (clock, log) = (EgressClock(), EgressLog())
    let breakers = Breakers(
      rules: BreakerRules(), observer: log, capacity: .init(total: 12, perTenant: 8),
      now: clock.now)
    func use(_ tenant: String, _ name: String, fails: Bool = false) {
      let key = BreakerKey(
        destination: .init(purpose: .partner, tenantID: tenant, name: name), operation: "open")
      for _ in 0..<(fails ? 5 : 1) {
        guard case .pass(let permit) = breakers.admit(key) else { continue }
        breakers.record(fails ? .failure(isTimeout: false) : .success, of: permit, key)
      }
      clock.move(.milliseconds(1))
    }
    func names(_ tenant: String) -> [String] {
      breakers.statuses(tenantID: tenant).map(\.key.destination.name).sorted()
    }
    use("a", "0", fails: true)
    for number in 1..<8 { use("a", "\(number)") }
    use("b", "x")
    // The ninth of one tenant: a quarter of its own goes, the open one last.
    use("a", "8")
    #expect(names("a") == ["0", "3", "4", "5", "6", "7", "8"] && names("b") == ["x"])
    // More than all may have: whoever was not used longest, whosever it is.
    for number in 0..<5 { use("c", "\(number)") }
    #expect(names("a") == ["0", "6", "7", "8"] && names("b") == ["x"])
    #expect(breakers.statuses(tenantID: "c").count == 5)
    #expect(log.moves.map(\.to) == [.open])
    // Open ones alone do not stay for ever; nobody counts them as open any more.
    for number in 0..<9 { use("d", "\(number)", fails: true) }
    #expect(breakers.statuses(tenantID: "d").count <= 8)
    let (opened, ended) = (log.moves.map(\.to), log.moves.map(\.from))
    let open = opened.count { $0 == .open } - ended.count { $0 == .open }
    let listed = ["a", "b", "c", "d"].flatMap { breakers.statuses(tenantID: $0) }
    #expect(open == listed.count { $0.state == .open })
  }

  @Test("do not open because callers have no time")
  func hurry() async throws {
    try await EgressServer.with(answer: { _, _ in .init(fault: .silence) }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        for _ in 0..<10 {
          let error = await client.get(
            "http://\(server.authority)/", method: .post, within: .milliseconds(20)
          ).error
          #expect(error?.reason == .timedOut)
        }
        #expect(client.breakers.pause(of: Self.key("p")) == nil)
      }
    }
  }

  private static func key(_ partner: String) -> BreakerKey {
    BreakerKey(
      destination: .init(purpose: .partner, tenantID: "t", name: partner), operation: "get")
  }
}
