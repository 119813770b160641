import GeneratedDescriptors
import TestSupport
import Testing
import Transcoding

@Suite("What the contracts say of the audit")
struct AuditLevelTests {
  /// What is not read-only and not kept. Reviewed: a contract that exempts itself says why.
  private static let exempt: Set<String> = [
    "/artel.operations.v1.ClientErrorService/ReportClientErrors",
    "/artel.operations.v1.ClientErrorService/ReportAnonymousClientErrors",
  ]

  @Test("is that changes are kept with every method that is not read-only", .covers("S-H8", "S-H6"))
  func levels() throws {
    let schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet)
    let policies = schema.methods.compactMap { method in
      method.policy.map { (path: method.path, policy: $0) }
    }
    #expect(policies.count > 100)
    for (path, policy) in policies {
      let isExempt = !policy.auditExemption.isEmpty
      #expect(
        (policy.idempotency == .readOnly) != (policy.audit == .change || isExempt), "\(path)")
      #expect(isExempt == Self.exempt.contains(path), "\(path)")
      #expect(policy.audit != .unspecified, "\(path)")
    }
  }
}
