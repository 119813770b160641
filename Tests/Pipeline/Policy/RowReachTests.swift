import GeneratedOptions
import Pipeline
import RPC
import TestSupport
import Testing

@Suite("How far a call reaches into its tenant")
struct RowReachTests {
  private let lab: IdentityLab

  init() throws { lab = try IdentityLab() }

  private func reach(
    _ rows: Artel_Options_V1_Rows, _ more: [String: IdentityLab.Value] = [:]
  ) async throws -> String {
    let harness = try PipelineHarness(
      lab,
      access: .with {
        $0.principals = [.user, .partner]
        $0.rows = rows
      }, handler: { context in "\(try context.caller.reach)" })
    let claims = IdentityLab.claims.merging(more) { _, new in new }
    return try await harness.call(token: try await lab.token(claims))
  }

  @Test("is what the contract says, and for people the least where it says nothing", .covers("A23"))
  func people() async throws {
    #expect(try await reach(.unspecified) == "own")
    #expect(try await reach(.own) == "own")
    #expect(try await reach(.UNRECOGNIZED(9)) == "own")
    #expect(try await reach(.tenant) == "tenant")
    #expect(try await reach(.decided) == "tenant")
  }

  @Test("is everything for clients and administrators, and the least for who is neither")
  func others() async throws {
    #expect(
      try await reach(.own, ["artel_kind": "partner", "client_id": "intercom"]) == "tenant")
    for kind in [Artel_Options_V1_PrincipalKind.service, .administrator] {
      #expect(RowReach(.own, for: kind) == .tenant)
    }
    #expect(RowReach(.own, for: .unspecified) == .own)
  }
}
