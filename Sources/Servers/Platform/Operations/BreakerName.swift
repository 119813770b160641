import Egress
import LibCrypto

/// The names under which administrators know breakers.
enum BreakerName {
  /// Whose breakers are a tenant's: of its partners, and of its issuers' documents.
  static let purposes: Set<EgressDestination.Purpose> = [.partner, .issuer]

  /// `breakers/{partner}.{operation}`; of an issuer's document, whose address is no part of a name,
  /// `breakers/{digest}.{operation}`.
  static func of(_ key: BreakerKey) -> String { "breakers/\(owner(key)).\(key.operation)" }

  /// The breaker of a name: a partner's whether it was used or not, an issuer's where it was, since
  /// a digest alone does not say of what.
  static func key(_ name: String, tenantID: String, among breakers: Breakers) -> BreakerKey? {
    guard name.hasPrefix("breakers/") else { return nil }
    let parts = name.dropFirst("breakers/".count).split(
      separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let issuers = breakers.statuses(tenantID: tenantID).lazy.map(\.key)
      .filter { $0.destination.purpose == .issuer }
    if let issuer = issuers.first(where: { of($0) == name }) { return issuer }
    return BreakerKey(
      destination: .init(purpose: .partner, tenantID: tenantID, name: String(parts[0])),
      operation: String(parts[1]))
  }

  /// Of partners there is no operation that issuers have: their names are never each other's.
  private static func owner(_ key: BreakerKey) -> String {
    guard key.destination.purpose == .issuer else { return key.destination.name }
    return SHA256.hash(Array(key.destination.name.utf8)).prefix(8).map {
      let digits = String($0, radix: 16)
      return digits.count == 2 ? digits : "0" + digits
    }.joined()
  }
}
