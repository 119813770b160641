/// What the operator says about calls to other systems.
public struct EgressPolicy: Sendable {
  /// Hosts and ports on this machine that are called all the same, without TLS too: development
  /// and tests. Each stands here exactly as URLs name it.
  public var loopback: Set<EgressAuthority>
  /// Where not nil, no other host is called: names, `*.` in front for all names below, addresses.
  public var hosts: Set<String>?
  /// Ranges of addresses that are not called, besides those that nobody calls: inner networks on
  /// public addresses, the platform's own address in front of a translator.
  public var forbidden: [EgressNetwork]
  /// How many calls of one destination may be on their way at once.
  public var callsAtOnce = 128
  /// Authorities, in PEM, that are trusted besides the system's.
  public var trustRootsPEM: [String]

  /// Creates a policy.
  public init(
    loopback: Set<EgressAuthority> = [], hosts: Set<String>? = nil,
    forbidden: [EgressNetwork] = [], trustRootsPEM: [String] = []
  ) {
    self.loopback = loopback
    self.hosts = hosts
    self.forbidden = forbidden
    self.trustRootsPEM = trustRootsPEM
  }

  /// What is wrong with a URL, whoever it belongs to; nil where it may be called, as far as one can
  /// see without asking for the addresses of its name.
  public func refusal(of url: EgressURL) -> EgressError.Reason? {
    if loopback.contains(url.authority) { return nil }
    guard url.scheme == .https else { return .insecure }
    if let hosts, !Self.holds(url.host, hosts) { return .hostNotAllowed }
    // Below 1024 other protocols live, which answer to more than they should.
    let port = url.authority.port
    guard port == 443 || port >= 1024 else { return .portNotAllowed }
    if Self.isLoopback(url.host) { return .addressForbidden(.loopback) }
    if let kind = url.address.flatMap(kind(of:)) { return .addressForbidden(kind) }
    return nil
  }

  /// Why an address is not called; nil where it may be.
  func kind(of address: IPAddress) -> AddressKind? {
    AddressKind(address) ?? (forbidden.contains { $0.contains(address) } ? .forbidden : nil)
  }

  /// Whether a host, as URLs have it, says this machine.
  public static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host.hasSuffix(".localhost")
      || IPAddress(host).flatMap(AddressKind.init) == .loopback
  }

  private static func holds(_ host: String, _ hosts: Set<String>) -> Bool {
    if hosts.contains(host) { return true }
    // An address has several texts, of which the settings have the shortest.
    if let address = IPAddress(host) { return hosts.contains(address.description) }
    var rest = host[...]
    while let dot = rest.firstIndex(of: ".") {
      rest = rest[rest.index(after: dot)...]
      if hosts.contains("*." + rest) { return true }
    }
    return false
  }
}
