import Mutation

/// Which names of this server are tenants' own: `alpha.artel.example` is alpha's where
/// `artel.example` is the base.
struct TenantHosts: Sendable {
  let base: String
  let directory: any IdentityDirectory

  /// Whether a host is another tenant's (S-A12): what stands there, such as its pages, its limits
  /// and its logs, speaks for that one.
  ///
  /// - Parameter name: As the client asked for it in its TLS handshake; nil says nothing.
  func isForeign(_ name: String?, to tenant: Tenant) async throws -> Bool {
    guard let name, let label = label(of: name), label != tenant.name,
      !Mutation.isOn(.servesUnderEveryHost)
    else { return false }
    // A name that is no tenant's is nobody's to refuse by.
    return try await directory.tenant(named: String(label)) != nil
  }

  private func label(of name: String) -> Substring? {
    guard name.utf8.count > base.utf8.count + 1, name.hasSuffix(base) else { return nil }
    let end = name.utf8.index(name.endIndex, offsetBy: -(base.utf8.count + 1))
    guard name.utf8[end] == UInt8(ascii: ".") else { return nil }
    let label = name[..<end]
    return label.utf8.contains(UInt8(ascii: ".")) ? nil : label
  }
}
