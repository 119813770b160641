public import GeneratedOptions

/// A tenant, as a verified credential named it.
public struct Tenant: Sendable, Hashable {
  /// Its UUID, the key of every row that it owns.
  public var id: String
  /// Its name, such as `alpha`.
  public var name: String
  /// What it calls itself.
  public var displayName: String
  /// What it is.
  public var kind: Artel_Options_V1_TenantKind
  /// Whether its calls are refused.
  public var suspended: Bool
  /// The issuer of its own tokens.
  public var issuer: String
  /// When it was created, in microseconds since 1970.
  public var createTime: Int64
  /// The database cell that holds its rows.
  public var cell: String
  /// How its credentials live.
  public var policy: TenantPolicy
  /// How much it may use.
  public var quotas: TenantQuotas

  /// The cell of a platform that has one alone.
  public static let defaultCell = "main"

  /// Creates a tenant.
  public init(
    id: String, name: String, displayName: String, kind: Artel_Options_V1_TenantKind,
    suspended: Bool, issuer: String, createTime: Int64, cell: String = Tenant.defaultCell,
    policy: TenantPolicy = TenantPolicy(), quotas: TenantQuotas = TenantQuotas()
  ) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.kind = kind
    self.suspended = suspended
    self.issuer = issuer
    self.createTime = createTime
    self.cell = cell
    self.policy = policy
    self.quotas = quotas
  }
}
