import Configuration
import Egress
import Foundation
import Residential

extension ServerSettings {
  /// What calls to other systems may do.
  struct Outgoing: Sendable {
    var trustRootsPEM: String?
    /// Hosts and ports on this machine that are called all the same: development.
    var loopback: Set<EgressAuthority> = []
    /// The only hosts that are called, where that is not nil.
    var hosts: Set<String>?

    /// Ranges of addresses that are never called.
    var forbidden: [EgressNetwork] = []
    /// How many calls of one partner may be on their way at once.
    var callsAtOnce: Int
    /// When the operations of partners are left alone.
    var breakers = BreakerRules()
    /// How many commands may be on their way to partners at once.
    var places: CommandPlaceLimits

    static let names: Set<String> = [
      "ARTEL_BREAKER_FAILURES", "ARTEL_BREAKER_PAUSE_SECONDS", "ARTEL_COMMANDS",
      "ARTEL_COMMANDS_PER_TENANT", "ARTEL_COMMANDS_PER_PARTNER", "ARTEL_EGRESS_CALLS_PER_PARTNER",
      "ARTEL_EGRESS_TRUST_ROOTS_FILE", "ARTEL_EGRESS_LOOPBACK", "ARTEL_EGRESS_HOSTS",
      "ARTEL_EGRESS_FORBIDDEN_NETS",
    ]

    init(_ config: ConfigReader, problems: inout [String]) {
      func list(_ key: ConfigKey) -> [String]? {
        config.string(forKey: key)?.split(separator: ",").map {
          $0.trimmingCharacters(in: .whitespaces).lowercased()
        }
      }
      func number(_ key: ConfigKey, _ name: String, default value: Int) -> Int {
        config.number(key, name, 1...10_000, default: value, problems: &problems)
      }
      callsAtOnce = number(
        "egress.calls.per.partner", "ARTEL_EGRESS_CALLS_PER_PARTNER", default: 128)
      let commands = number("commands", "ARTEL_COMMANDS", default: 256)
      let usual = CommandPlaceLimits(total: commands)
      places = CommandPlaceLimits(
        total: commands,
        perTenant: number(
          "commands.per.tenant", "ARTEL_COMMANDS_PER_TENANT", default: usual.perTenant),
        perPartner: number(
          "commands.per.partner", "ARTEL_COMMANDS_PER_PARTNER", default: usual.perPartner))
      if let path = config.string(forKey: "egress.trust.roots.file") {
        do {
          trustRootsPEM = try ServerSettings.contents(path)
        } catch {
          problems.append("ARTEL_EGRESS_TRUST_ROOTS_FILE: \(error)")
        }
      }
      for text in list("egress.loopback") ?? [] {
        if let authority = EgressAuthority(text), EgressPolicy.isLoopback(authority.host) {
          loopback.insert(authority)
        } else {
          problems.append("ARTEL_EGRESS_LOOPBACK: \(text) is not a host of this machine and a port")
        }
      }
      breakers.consecutiveFailures = config.number(
        "breaker.failures", "ARTEL_BREAKER_FAILURES", 1...1000,
        default: breakers.consecutiveFailures, problems: &problems)
      breakers.pause = .seconds(
        config.number(
          "breaker.pause.seconds", "ARTEL_BREAKER_PAUSE_SECONDS", 1...3600, default: 30,
          problems: &problems))
      for text in list("egress.forbidden.nets") ?? [] {
        if let network = EgressNetwork(text) {
          forbidden.append(network)
        } else {
          problems.append("ARTEL_EGRESS_FORBIDDEN_NETS: \(text) is no range as CIDR writes them")
        }
      }
      if let names = list("egress.hosts") {
        hosts = Set(
          names.compactMap { name in
            let host = Self.host(name)
            if host == nil { problems.append("ARTEL_EGRESS_HOSTS: \(name) is not a host") }
            return host
          })
      }
    }

    /// A host as it is compared: a name, perhaps with `*.` in front, or an address, one of version 6
    /// with brackets or without, in its shortest form.
    private static func host(_ text: String) -> String? {
      if let address = IPAddress(text) { return address.description }
      let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
      guard let url = EgressURL("https://\(name)"), url.port == nil, url.path.isEmpty else {
        return nil
      }
      guard let address = url.address else { return text }
      return name == text ? address.description : nil
    }

    /// What the client that goes out keeps to.
    var policy: EgressPolicy {
      var policy = EgressPolicy(
        loopback: loopback, hosts: hosts, forbidden: forbidden,
        trustRootsPEM: trustRootsPEM.map { [$0] } ?? [])
      policy.callsAtOnce = callsAtOnce
      return policy
    }

    /// Whether a server at a URL of any scheme is one of this machine that needs no TLS.
    func allowsLoopback(of url: String) -> Bool {
      guard let parts = URLComponents(string: url), let host = parts.host, let port = parts.port
      else { return false }
      return EgressAuthority("\(host):\(port)").map(loopback.contains) ?? false
    }
  }
}
