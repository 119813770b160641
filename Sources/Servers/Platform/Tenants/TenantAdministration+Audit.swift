public import LibCrypto
import Storage

extension TenantAdministration {
  /// Says in a tenant's log that it goes on under another name.
  public func noteAuditEpoch(
    _ begin: SignedCheckpoint, of tenantID: String, reason: String
  ) async throws {
    try await change(in: tenantID, "ContinueAudit") { change in
      let name = try await TenantChanges.row(change, baseDomain).tenant.name
      try await change.record(
        resource: "tenants/\(name)",
        change: "the log goes on as \(begin.origin) behind \(begin.size) leaves with the root "
          + "\(Hexadecimal.encode(begin.root)): \(reason)")
    }
  }
}
