import Foundation
import Gateway
import RPC
import Transcoding

/// What `artel bridge` was told, checked, with every file read that is read once.
struct BridgeSettings: Sendable {
  /// Where the contracts come from.
  enum Contracts: Sendable {
    /// Files with a serialized `FileDescriptorSet` each.
    case files([String])
    /// The upstream's own reflection.
    case reflection
  }

  var contracts: Contracts
  /// A service configuration with HTTP rules, which take the place of the contracts' own.
  var rulesFile: String?
  /// The services to serve; nil for all.
  var services: Set<String>?
  /// How often it is looked whether the contracts have changed; nil for never.
  var refresh: Duration?
  /// Whether methods without a rule have a route, too.
  var mapsAll: Bool
  /// Whether the door tells everybody what it serves.
  var hasDocuments: Bool
  var upstream: ClientConfiguration
  var gateway: GatewayConfiguration

  /// Where roots of certificates are that the system trusts, on the Linux systems there are.
  static let systemRoots = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
  ]

  /// The files that the contracts depend on.
  var files: [String] {
    let rules = rulesFile.map { [$0] } ?? []
    return if case .files(let paths) = contracts { paths + rules } else { rules }
  }

  /// The rules that a file of them has: JSON of a `google.api.Service`, or a serialized
  /// `google.api.Http`.
  func rules(_ bytes: [UInt8]) throws -> ServiceRules? {
    guard let rulesFile else { return nil }
    do {
      let isText = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 } == 0x7B
      return isText ? try ServiceRules(json: bytes) : try ServiceRules(serialized: bytes)
    } catch {
      throw ContractsError(description: "\(rulesFile): \(error)")
    }
  }

  /// The parts of `HOST:PORT`, `[IPv6]:PORT` and `:PORT`.
  static func address(_ text: String) -> (host: String, port: Int)? {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65535).contains(port), text[text.index(after: colon)...].allSatisfy(\.isASCII)
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    return (host.isEmpty ? "127.0.0.1" : String(host), port)
  }

  /// The contents of a file.
  static func contents(_ path: String) throws(SettingsError) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw SettingsError(problems: ["\(path): there is no such file"])
    }
    guard !isFolder.boolValue, let data = FileManager.default.contents(atPath: path) else {
      throw SettingsError(problems: ["\(path) cannot be read"])
    }
    return [UInt8](data)
  }

  /// Whether a target is on this machine, so that nothing of a call goes over a network.
  static func isLocal(_ target: String) -> Bool {
    var rest = target[...]
    for scheme in ["dns:///", "dns:", "ipv4:", "ipv6:"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
      break
    }
    return rest.split(separator: ",").allSatisfy { address in
      if address.hasPrefix("unix:") || address.hasPrefix("unix-abstract:") { return true }
      guard let colon = address.lastIndex(of: ":") else { return isLoopback(address) }
      var host = address[..<colon]
      if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
      return isLoopback(host)
    }
  }

  /// Whether a host is this machine's own, and no name that only begins like one.
  static func isLoopback(_ host: some StringProtocol) -> Bool {
    host == "localhost" || host == "::1"
      || host.hasPrefix("127.") && host.utf8.allSatisfy { "0123456789.".utf8.contains($0) }
  }
}
