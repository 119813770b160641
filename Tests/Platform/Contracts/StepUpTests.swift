import GeneratedDescriptors
import GeneratedOptions
import TestSupport
import Testing
import Transcoding

@Suite("The contracts of identity")
struct StepUpTests {
  private static let packages = [
    "artel.access.", "artel.auth.", "artel.certificates.", "artel.people.", "artel.tenancy.",
  ]

  @Test(
    "ask administrators for a second factor again before they change anything", .covers("S-H10"))
  func everyChange() throws {
    let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
    var asked = 0
    for method in schema.methods {
      guard Self.packages.contains(where: { method.path.hasPrefix("/\($0)") }) else { continue }
      let policy = try #require(method.policy, "\(method.path)")
      let principals = policy.access.principals
      // What anybody may do is done to what is its own, not in a tenant's name.
      guard !policy.access.public, policy.idempotency != .readOnly,
        principals.isEmpty || principals.contains(.administrator), !principals.contains(.user)
      else { continue }
      asked += 1
      #expect((1...300).contains(policy.access.stepUpSeconds), "\(method.path)")
    }
    #expect(asked > 15)
  }
}
