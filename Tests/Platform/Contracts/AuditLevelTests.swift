import GeneratedDescriptors
import TestSupport
import Testing
import Transcoding

@Suite("What the contracts say of the audit")
struct AuditLevelTests {
  @Test("is that changes are kept with every method that is not read-only", .covers("S-H8", "S-H6"))
  func levels() throws {
    let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
    let policies = schema.methods.compactMap { method in
      method.policy.map { (path: method.path, policy: $0) }
    }
    #expect(policies.count > 100)
    for (path, policy) in policies {
      #expect((policy.idempotency == .readOnly) != (policy.audit == .change), "\(path)")
      #expect(policy.audit != .unspecified, "\(path)")
    }
  }
}
