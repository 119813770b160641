import Mutation
import NIOCore
import Synchronization

/// Decides which addresses are dialled.
///
/// A name is resolved here, every address of the answer is judged, and the connection is then made
/// to one of those very addresses, never to the name: a second answer of the name's server reaches
/// nobody. Where one address of an answer is forbidden, none is dialled.
final class EgressGuard: Sendable {
  /// How long the machine's own addresses are known.
  private static let ownLife = Duration.seconds(5)

  let policy: EgressPolicy
  private let lookups: NameLookups
  private let own: @Sendable () throws -> Set<IPAddress>
  private let now: @Sendable () -> ContinuousClock.Instant
  private let known = Mutex<(own: Set<IPAddress>, until: ContinuousClock.Instant)?>(nil)

  init(
    policy: EgressPolicy, resolver: any EgressResolver,
    own: @escaping @Sendable () throws -> Set<IPAddress> = EgressGuard.machineAddresses,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.policy = policy
    lookups = NameLookups(resolver: resolver, now: now)
    self.own = own
    self.now = now
  }

  /// The URL, where a destination may be called at it.
  func checked(
    _ text: String, of destination: EgressDestination
  ) throws(EgressError) -> EgressURL {
    guard let url = EgressURL(text) else { throw EgressError(.invalidURL) }
    guard destination.authorities.contains(url.authority) else {
      throw EgressError(.hostNotAllowed)
    }
    if let reason = policy.refusal(of: url) {
      if case .addressForbidden = reason, Mutation.isOn(.dialsInnerAddresses) { return url }
      throw EgressError(reason)
    }
    return url
  }

  /// The addresses to dial, best first.
  func addresses(
    of url: EgressURL, for destination: EgressDestination.ID,
    until expiry: ContinuousClock.Instant
  ) async throws(EgressError) -> [IPAddress] {
    let found: [IPAddress]
    if let address = url.address {
      found = [address]
    } else {
      found = try await lookups.addresses(
        of: url.host, for: NameLookups.Owner(destination), until: expiry)
    }
    return try judged(found, url)
  }

  private func judged(
    _ addresses: [IPAddress], _ url: EgressURL
  ) throws(EgressError) -> [IPAddress] {
    guard !addresses.isEmpty else { throw EgressError(.unresolved) }
    if policy.loopback.contains(url.authority),
      addresses.allSatisfy({ AddressKind($0) == .loopback })
    {
      return addresses
    }
    guard url.scheme == .https else { throw EgressError(.insecure) }
    guard let own = machine() else {
      // Nobody knows whether an address is this machine's: then none is dialled.
      throw EgressError(.unresolved)
    }
    for address in addresses where !Mutation.isOn(.dialsInnerAddresses) {
      if let kind = policy.kind(of: address) ?? (own.contains(address) ? .own : nil) {
        throw EgressError(.addressForbidden(kind))
      }
    }
    return addresses
  }

  /// The machine's own addresses; nil where nobody knows them.
  private func machine() -> Set<IPAddress>? {
    let time = now()
    if let known = known.withLock({ $0 }), known.until > time { return known.own }
    guard let addresses = try? own() else { return nil }
    known.withLock { $0 = (addresses, time + Self.ownLife) }
    return addresses
  }

  /// The addresses of this machine's interfaces.
  static func machineAddresses() throws -> Set<IPAddress> {
    Set(
      try System.enumerateDevices().compactMap { $0.address?.ipAddress.flatMap { IPAddress($0) } })
  }
}
