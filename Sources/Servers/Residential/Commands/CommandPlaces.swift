/// How many commands may be on their way to partners at once.
public struct CommandPlaceLimits: Sendable, Hashable {
  /// All together. An eighth of them is kept for the recovery.
  public var total: Int
  /// Those of one tenant, the recovery's not counted.
  public var perTenant: Int
  /// Those of one partner, the recovery's not counted.
  public var perPartner: Int

  /// Creates limits; by default one tenant has a quarter of all places at most, and one partner an
  /// eighth: one that takes its time holds up no other.
  public init(total: Int = 256, perTenant: Int? = nil, perPartner: Int? = nil) {
    self.total = total
    self.perTenant = perTenant ?? max(1, total / 4)
    self.perPartner = perPartner ?? max(1, total / 8)
  }
}

/// The places of commands that are on their way, and who has them.
struct CommandPlaces: Sendable {
  /// Who wants a place.
  enum Holder: Sendable, Hashable {
    /// A command that somebody has just given.
    case fresh(tenantID: String, partnerID: String)
    /// One that the recovery takes care of.
    case recovered(tenantID: String)
  }

  private struct Partner: Hashable {
    let tenantID: String
    let partnerID: String
  }

  private let limits: CommandPlaceLimits
  private var freshCount = 0
  private var recoveredCount = 0
  private var tenants: [String: Int] = [:]
  private var partners: [Partner: Int] = [:]
  private var recovered: [String: Int] = [:]

  init(_ limits: CommandPlaceLimits) { self.limits = limits }

  /// What only the recovery gets.
  private var reserve: Int { limits.total / 8 }

  private var recoveredPerTenant: Int { max(16, reserve / 2) }

  /// Takes a place; false where none is left for this holder.
  mutating func take(_ holder: Holder) -> Bool {
    switch holder {
    case .fresh(let tenantID, let partnerID):
      let partner = Partner(tenantID: tenantID, partnerID: partnerID)
      guard freshCount + max(recoveredCount, reserve) < limits.total,
        tenants[tenantID, default: 0] < limits.perTenant,
        partners[partner, default: 0] < limits.perPartner
      else { return false }
      freshCount += 1
      tenants[tenantID, default: 0] += 1
      partners[partner, default: 0] += 1
    case .recovered(let tenantID):
      guard vacancies(ofRecoveryIn: tenantID) > 0 else { return false }
      recoveredCount += 1
      recovered[tenantID, default: 0] += 1
    }
    return true
  }

  /// Gives a place back.
  mutating func give(_ holder: Holder) {
    switch holder {
    case .fresh(let tenantID, let partnerID):
      freshCount -= 1
      Self.lower(&tenants, tenantID)
      Self.lower(&partners, Partner(tenantID: tenantID, partnerID: partnerID))
    case .recovered(let tenantID):
      recoveredCount -= 1
      Self.lower(&recovered, tenantID)
    }
  }

  /// How many commands of a tenant the recovery may take now.
  func vacancies(ofRecoveryIn tenantID: String) -> Int {
    let left = limits.total - freshCount - recoveredCount
    return max(0, min(left, recoveredPerTenant - recovered[tenantID, default: 0]))
  }

  /// Nothing is kept of those who have none.
  private static func lower<Key: Hashable>(_ counts: inout [Key: Int], _ key: Key) {
    let left = counts[key, default: 1] - 1
    counts[key] = left == 0 ? nil : left
  }
}
