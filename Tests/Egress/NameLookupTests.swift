import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Egress

@Suite("Names that are asked for")
struct NameLookupTests {
  /// Answers only when it is told to.
  private final class Gate: EgressResolver {
    private struct State {
      var waiting: [String: [CheckedContinuation<[IPAddress], any Error>]] = [:]
      var asked: [String] = []
    }

    struct Unanswered: Error {}

    private let state = Mutex(State())
    let open: [String: String]

    init(open: [String: String] = [:]) { self.open = open }

    var asked: [String] { state.withLock { $0.asked } }

    func addresses(of host: String) async throws -> [IPAddress] {
      if let text = open[host] {
        state.withLock { $0.asked.append(host) }
        return [text].compactMap { IPAddress($0) }
      }
      return try await withCheckedThrowingContinuation { continuation in
        state.withLock { state in
          state.asked.append(host)
          state.waiting[host, default: []].append(continuation)
        }
      }
    }

    func answer(_ host: String, _ texts: [String]?) {
      let waiting = state.withLock { $0.waiting.removeValue(forKey: host) ?? [] }
      for continuation in waiting {
        continuation.resume(
          with: texts.map { .success($0.compactMap { IPAddress($0) }) } ?? .failure(Unanswered()))
      }
    }
  }

  private func owner(_ tenant: String) -> NameLookups.Owner {
    NameLookups.Owner(.init(purpose: .partner, tenantID: tenant, name: "p"))
  }

  private func error(
    _ lookups: NameLookups, _ host: String, _ tenant: String, within time: Duration
  ) async -> EgressError? {
    do throws(EgressError) {
      _ = try await lookups.addresses(of: host, for: owner(tenant), until: .now + time)
      return nil
    } catch {
      return error
    }
  }

  @Test("hold nobody but those who want names of a server that is silent", .covers("S-F6"))
  func apart() async throws {
    let gate = Gate(open: ["good.example": "93.184.216.34"])
    let lookups = NameLookups(resolver: gate, now: { .now })
    for number in 0..<NameLookups.mostOfOwner {
      let error = await error(lookups, "n\(number).example", "a", within: .milliseconds(5))
      #expect(error == EgressError(.lookupFailed))
    }
    // More of the same tenant's are refused at once, another tenant's are not.
    #expect(await error(lookups, "more.example", "a", within: .seconds(60)) == EgressError(.busy))
    #expect(await error(lookups, "good.example", "b", within: .seconds(60)) == nil)
    #expect(gate.asked.count == NameLookups.mostOfOwner + 1)
    for number in 0..<NameLookups.mostOfOwner { gate.answer("n\(number).example", []) }
    while await error(lookups, "good.example", "a", within: .seconds(60)) != nil {}
  }

  @Test("are asked for once by everybody, whatever the port")
  func once() async throws {
    let gate = Gate(open: ["good.example": "93.184.216.34"])
    let guards = EgressGuard(policy: EgressPolicy(), resolver: gate, own: { [] }, now: { .now })
    let id = EgressDestination.ID(purpose: .partner, tenantID: "t", name: "p")
    for port in 8000..<8020 {
      let url = try #require(EgressURL("https://good.example:\(port)/"))
      #expect(try await guards.addresses(of: url, for: id, until: .now + .seconds(60)).count == 1)
    }
    #expect(gate.asked == ["good.example"])
  }

  @Test("mean what they meant before, while nobody says anything else")
  func older() async throws {
    let (gate, clock) = (Gate(), EgressClock())
    let lookups = NameLookups(resolver: gate, now: clock.now)
    func ask() async throws -> [IPAddress] {
      try await lookups.addresses(of: "x.example", for: owner("t"), until: .now + .seconds(60))
    }
    async let first = ask()
    while gate.asked.isEmpty { await Task.yield() }
    gate.answer("x.example", ["93.184.216.34"])
    let known = try await first
    #expect(known.count == 1)
    clock.move(.seconds(31))
    // Nobody answers: the older answer counts, for this caller and those behind it.
    #expect(try await ask() == known)
    #expect(try await ask() == known)
    #expect(gate.asked.count == 2)
    // Long ago: it counts no more, however silent the server is.
    clock.move(.seconds(580))
    let late = await error(lookups, "x.example", "t", within: .milliseconds(5))
    #expect(late == EgressError(.lookupFailed))
    gate.answer("x.example", nil)
  }

  @Test("are asked on threads of their own: a hundred silent ones hold none of anybody else's")
  func threads() async throws {
    let open = DispatchSemaphore(value: 0)
    let address = try #require(IPAddress("93.184.216.34"))
    let resolver = SystemResolver { host in
      if host == "silent" { open.wait() }
      return [address]
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<100 { group.addTask { _ = try await resolver.addresses(of: "silent") } }
      #expect(try await resolver.addresses(of: "other") == [address])
      for _ in 0..<100 { open.signal() }
      try await group.waitForAll()
    }
  }

  @Test("of this machine have addresses, and those that nobody has have none")
  func system() async throws {
    let found = try await SystemResolver().addresses(of: "localhost")
    #expect(found.allSatisfy { AddressKind($0) == .loopback } && !found.isEmpty)
  }
}
