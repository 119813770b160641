import GeneratedTenancy
import Pipeline
import RPC

/// What a client's creation or update asks for, checked. Nil leaves a field.
struct ClientUpdate: Sendable {
  var displayName: String?
  var scopes: [String]?
  var addressRanges: [String]?

  private static let paths: Set<String> = ["display_name", "scopes", "address_ranges"]

  /// - Parameter mask: the paths to change; nil takes every field that has a value.
  /// - Throws: INVALID_ARGUMENT for a path that nobody can change, or a value that cannot be.
  init(_ client: Artel_Tenancy_V1_Client, mask: [String]?) throws(RPCError) {
    for path in mask ?? []
    where !Self.paths.contains(path) && path != "name" && path != "etag" {
      throw Refusal.invalid("update_mask", "has a path that cannot be changed: \(path)")
    }
    func isMeant(_ path: String, _ hasValue: Bool) -> Bool { mask?.contains(path) ?? hasValue }
    if isMeant("display_name", !client.displayName.isEmpty) {
      // Nothing is a display name too: people then see the identifier.
      displayName =
        client.displayName.isEmpty
        ? "" : try DisplayName.checked(client.displayName, "client.display_name")
    }
    if isMeant("scopes", !client.scopes.isEmpty) {
      for (index, scope) in client.scopes.enumerated() where !ScopeList.isScope(scope) {
        throw Refusal.invalid("client.scopes[\(index)]", "is not a scope (RFC 6749 section 3.3)")
      }
      scopes = Set(client.scopes).sorted()
    }
    if isMeant("address_ranges", !client.addressRanges.isEmpty) {
      for (index, range) in client.addressRanges.enumerated() where AddressRange(range) == nil {
        throw Refusal.invalid(
          "client.address_ranges[\(index)]",
          "is not an address range such as 203.0.113.0/24, with zeros behind its prefix")
      }
      addressRanges = client.addressRanges
    }
  }

  /// What changed, for the audit.
  var summary: String {
    [
      displayName.map { _ in "display_name" },
      scopes.map { "scopes=[\($0.joined(separator: " "))]" },
      addressRanges.map { "address_ranges=[\($0.joined(separator: " "))]" },
    ].compactMap { $0 }.joined(separator: " ")
  }
}
