import Synchronization
import TestSupport
import Testing

@testable import Residential

@Suite("The platform's tokens at partners")
struct PartnerTokenTests {
  private let endpoint = PartnerEndpoint(
    tenantID: "t", partnerID: "p", baseURI: "", tokenURI: "", clientID: "", sealedSecret: [])

  private final class Fetches: Sendable {
    private let counter = Mutex(0)
    var count: Int { counter.withLock { $0 } }
    func next(_ life: Duration) -> Result<PartnerTokens.Token, PartnerTokens.Failure> {
      let number = counter.withLock { counter in
        counter += 1
        return counter
      }
      return .success(.init(value: "t\(number)", usableUntil: .now + life))
    }
  }

  @Test("are asked for once, however many want one", .covers("A19"))
  func once() async throws {
    let (tokens, fetches) = (PartnerTokens(), Fetches())
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 {
        group.addTask { [endpoint] in
          try await tokens.token(for: endpoint, until: .now + .seconds(30)) {
            fetches.next(.seconds(60))
          }.value
        }
      }
      for try await value in group { #expect(value == "t1") }
    }
    #expect(fetches.count == 1)
  }

  @Test("are asked for again when they end, are forgotten, or are another partner's")
  func again() async throws {
    let (tokens, fetches) = (PartnerTokens(), Fetches())
    func token(_ tenant: String, life: Duration) async throws -> PartnerTokens.Token {
      let endpoint = PartnerEndpoint(
        tenantID: tenant, partnerID: "p", baseURI: "", tokenURI: "", clientID: "",
        sealedSecret: [])
      return try await tokens.token(for: endpoint, until: .now + .seconds(30)) {
        fetches.next(life)
      }
    }
    #expect(try await token("t", life: .zero).value == "t1")
    let second = try await token("t", life: .seconds(60))
    #expect(second.value == "t2")
    #expect(try await token("u", life: .seconds(60)).value == "t3")
    tokens.forget(second, for: endpoint)
    #expect(try await token("t", life: .seconds(60)).value == "t4")
    // Who still has the old one does not take the new one away.
    tokens.forget(second, for: endpoint)
    #expect(try await token("t", life: .seconds(60)).value == "t4")
  }

  @Test("that cannot be had are said to be so to everybody who waits, and asked for anew later")
  func failure() async throws {
    let (tokens, fetches) = (PartnerTokens(), Fetches())
    await #expect(throws: PartnerTokens.Failure.refused(code: "no")) {
      try await tokens.token(for: endpoint, until: .now + .seconds(30)) {
        .failure(.refused(code: "no"))
      }
    }
    let token = try await tokens.token(for: endpoint, until: .now + .seconds(30)) {
      fetches.next(.seconds(60))
    }
    #expect(token.value == "t1")
  }

  @Test("are not waited for beyond the deadline")
  func late() async {
    let tokens = PartnerTokens()
    await #expect(throws: PartnerTokens.Failure.problem(.timedOut)) {
      try await tokens.token(for: endpoint, until: .now + .milliseconds(10)) {
        try? await Task.sleep(for: .seconds(1))
        return .failure(.problem(.unreachable))
      }
    }
  }
}
