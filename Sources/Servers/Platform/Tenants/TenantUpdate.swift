import GeneratedTenancy
import Pipeline
import RPC

/// What an update asks for: its mask resolved, each value checked by itself. Nil leaves a field.
struct TenantUpdate: Sendable {
  var displayName: String?
  var accessTokenSeconds: Int32?
  var refreshIdleSeconds: Int32?
  var refreshAbsoluteSeconds: Int32?
  var certificateSeconds: Int32?
  var requiresBoundTokens: Bool?
  var allowsCodes: Bool?
  var addressRanges: [String]?

  private static let policyPaths = [
    "access_token_seconds", "refresh_idle_seconds", "refresh_absolute_seconds",
    "certificate_seconds", "requires_bound_tokens", "allows_codes", "address_ranges",
  ].map { "policy.\($0)" }

  /// - Parameter mask: the paths to change; nil takes every field that has a value.
  /// - Throws: INVALID_ARGUMENT for a path that nobody can change, or a value that cannot be.
  init(_ tenant: Artel_Tenancy_V1_Tenant, mask: [String]?) throws(RPCError) {
    var paths: Set<String> = []
    for path in mask ?? ["display_name", "policy"] {
      switch path {
      case "policy": paths.formUnion(Self.policyPaths)
      case "display_name": paths.insert(path)
      // What only tells which tenant is meant changes nothing.
      case "name", "etag": break
      default:
        guard Self.policyPaths.contains(path) else {
          throw Refusal.invalid("update_mask", "has a path that cannot be changed: \(path)")
        }
        paths.insert(path)
      }
    }
    // A path that is named is meant, and 0 is no life; a whole that is named may leave parts out.
    let named = Set(mask ?? [])
    func seconds(_ path: String, _ value: Int32) throws(RPCError) -> Int32? {
      guard paths.contains(path), value != 0 || named.contains(path) else { return nil }
      guard value >= 60 else { throw Refusal.invalid("tenant.\(path)", "must be at least 60") }
      return value
    }
    if paths.contains("display_name"), !tenant.displayName.isEmpty || named.contains("display_name")
    {
      displayName = try DisplayName.checked(tenant.displayName, "tenant.display_name")
    }
    let policy = tenant.policy
    accessTokenSeconds = try seconds("policy.access_token_seconds", policy.accessTokenSeconds)
    refreshIdleSeconds = try seconds("policy.refresh_idle_seconds", policy.refreshIdleSeconds)
    refreshAbsoluteSeconds = try seconds(
      "policy.refresh_absolute_seconds", policy.refreshAbsoluteSeconds)
    certificateSeconds = try seconds("policy.certificate_seconds", policy.certificateSeconds)
    if paths.contains("policy.requires_bound_tokens"),
      policy.hasRequiresBoundTokens || named.contains("policy.requires_bound_tokens")
    {
      requiresBoundTokens = policy.requiresBoundTokens
    }
    if paths.contains("policy.allows_codes"),
      policy.hasAllowsCodes || named.contains("policy.allows_codes")
    {
      allowsCodes = policy.allowsCodes
    }
    if paths.contains("policy.address_ranges"),
      !policy.addressRanges.isEmpty || named.contains("policy.address_ranges")
    {
      guard AddressRanges(policy.addressRanges) != nil else {
        throw Refusal.invalid("tenant.policy.address_ranges", "has a range that is none of CIDR")
      }
      addressRanges = policy.addressRanges
    }
  }

  /// - Throws: INVALID_ARGUMENT with every field that lies beyond the limits.
  func check(_ limits: Artel_Tenancy_V1_TenantLimits) throws(RPCError) {
    let beyond = [
      ("access_token_seconds", accessTokenSeconds, limits.accessTokenSeconds),
      ("refresh_idle_seconds", refreshIdleSeconds, limits.refreshIdleSeconds),
      ("refresh_absolute_seconds", refreshAbsoluteSeconds, limits.refreshAbsoluteSeconds),
      ("certificate_seconds", certificateSeconds, limits.certificateSeconds),
    ].filter { ($0.1 ?? 0) > $0.2 }
    guard beyond.isEmpty else {
      throw RPCError(
        code: .invalidArgument, reason: "FIELD_INVALID",
        message: "the policy lies beyond the tenant's limits",
        violations: beyond.map {
          .init(field: "tenant.policy.\($0.0)", description: "must be at most \($0.2)")
        })
    }
  }

  /// What changed, for the audit; nothing that names a person.
  var summary: String {
    let parts: [String?] = [
      displayName.map { _ in "display_name" },
      accessTokenSeconds.map { "access_token_seconds=\($0)" },
      refreshIdleSeconds.map { "refresh_idle_seconds=\($0)" },
      refreshAbsoluteSeconds.map { "refresh_absolute_seconds=\($0)" },
      certificateSeconds.map { "certificate_seconds=\($0)" },
      requiresBoundTokens.map { "requires_bound_tokens=\($0)" },
      allowsCodes.map { "allows_codes=\($0)" },
      addressRanges.map { "address_ranges=\($0.joined(separator: ","))" },
    ]
    return parts.compactMap { $0 }.joined(separator: " ")
  }
}
