import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: readiness")
struct ReadinessTests {
  @Test(
    "says whether the process can serve, and always that it lives", .covers("S-F16"),
    arguments: [true, false])
  func ready(isReady: Bool) async throws {
    let answers = try await Door.with([], configure: { $0.isReady = { isReady } }) { door throws in
      try ["/readyz", "/healthz"].map { try door.exchange("GET", $0) }
    }
    #expect(answers.map(\.status) == [isReady ? 200 : 503, 200])
    #expect(answers[0].text.contains(isReady ? "\"SERVING\"" : "NOT_SERVING"))
    #expect(answers[0]["cache-control"] == "no-store")
  }
}
