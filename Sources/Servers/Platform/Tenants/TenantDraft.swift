import GeneratedOptions
import Pipeline

/// What a new tenant is to be.
struct TenantDraft: Sendable {
  /// Its DNS label, which is part of its issuer.
  var name: String
  /// What it calls itself, 1 to 200 characters.
  var displayName: String
  var kind: Artel_Options_V1_TenantKind
  /// The database cell that is to hold its rows.
  var cell = Tenant.defaultCell
  /// Its policy where it is not to have the usual one.
  var policy: TenantUpdate?
  /// What the first administrator signs in with; nil for none.
  var administrator: String?
  /// Why, for its audit.
  var reason = ""
  /// What watchers of the tenant are told; nil for nothing.
  var event: String?
}
