import Synchronization

/// Which partners' operations have series of their own. A partner's identifier is a label, and tenants
/// make as many partners as they like: one tenant has so many at most, so that its partners leave room
/// for those of others, and all together no more than `limit`.
public final class PartnerSeries: Sendable {
  /// Of all tenants, with those that stand for the rest.
  public static let limit = 500
  /// Of one tenant.
  public static let limitOfTenant = 25

  private struct Room {
    var series: Set<[String]> = []
    var tenants: [Substring: Int] = [:]
  }

  private let room = Mutex(Room())

  /// Creates it, with nobody in it.
  public init() {}

  /// Whether an operation of a partner has a series of its own: once it has, for ever.
  ///
  /// - Parameters:
  ///   - partner: `tenant/partner`.
  ///   - operation: Of few values.
  public func names(_ partner: String, _ operation: String) -> Bool {
    let tenant = partner.prefix { $0 != "/" }
    return room.withLock { room in
      if room.series.contains([partner, operation]) { return true }
      // One is left for the others.
      guard room.series.count < Self.limit - 1,
        room.tenants[tenant, default: 0] < Self.limitOfTenant
      else { return false }
      room.series.insert([partner, operation])
      room.tenants[tenant, default: 0] += 1
      return true
    }
  }
}
