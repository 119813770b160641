import Configuration
import Foundation
import Logging
import RPC

extension ServerSettings {
  /// What the process tells of itself, and to whom.
  struct Telemetry: Sendable {
    /// Where metrics are asked for; nil for nowhere.
    var metricsAddress: (host: String, port: Int)?
    /// Where spans are sent; nil records none.
    var collector: ClientConfiguration?
    /// The share of traces that are kept.
    var traceRatio: Double
    /// Tenants whose clients with certificates choose the numbers of our traces.
    var tracingTenants: Set<String>
    /// Levels of loggers whose names begin so; the longest name counts.
    var logLevels: [String: Logger.Level]

    static let names: Set<String> = [
      "ARTEL_METRICS_ADDRESS", "ARTEL_OTLP_ENDPOINT", "ARTEL_OTLP_TRUST_ROOTS_FILE",
      "ARTEL_TRACE_RATIO", "ARTEL_TRACE_TRUSTED_TENANTS", "ARTEL_LOG_LEVELS",
    ]

    init(_ config: ConfigReader, problems: inout [String]) {
      let address = config.string(forKey: "metrics.address", default: "127.0.0.1:9464")
      if address != "none" {
        metricsAddress = Self.address(address)
        if metricsAddress == nil {
          problems.append("ARTEL_METRICS_ADDRESS is neither HOST:PORT nor none")
        }
      }
      if let endpoint = config.string(forKey: "otlp.endpoint") {
        do {
          collector = try Self.collector(
            endpoint, rootsFile: config.string(forKey: "otlp.trust.roots.file"))
        } catch {
          problems.append("ARTEL_OTLP_ENDPOINT: \(error)")
        }
      }
      let ratio = config.string(forKey: "trace.ratio", default: "0.1")
      traceRatio = Double(ratio) ?? -1
      if !(0...1).contains(traceRatio) {
        problems.append("ARTEL_TRACE_RATIO is not a number from 0 to 1")
      }
      tracingTenants = Set(
        config.string(forKey: "trace.trusted.tenants", default: "").split(separator: ",")
          .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty })
      logLevels = [:]
      for part in config.string(forKey: "log.levels", default: "").split(separator: ",") {
        let pair = part.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
        guard pair.count == 2, let level = Logger.Level(rawValue: pair[1]) else {
          problems.append("ARTEL_LOG_LEVELS: \(part) is not LOGGER=LEVEL")
          continue
        }
        logLevels[pair[0]] = level
      }
    }

    private static func address(_ text: String) -> (host: String, port: Int)? {
      guard let colon = text.lastIndex(of: ":"),
        let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port)
      else { return nil }
      var host = text[..<colon]
      if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
      return host.isEmpty ? nil : (String(host), port)
    }

    /// - Throws: `SettingsError` where spans would go to another machine in the clear.
    private static func collector(
      _ endpoint: String, rootsFile: String?
    ) throws -> ClientConfiguration {
      guard let url = URLComponents(string: endpoint), let host = url.host, !host.isEmpty,
        url.path.isEmpty || url.path == "/", url.query == nil, url.user == nil
      else { throw SettingsError(problems: ["it is not http://HOST:PORT or https://HOST:PORT"]) }
      let target = "\(host):\(url.port ?? 4317)"
      switch url.scheme {
      case "http":
        guard ["127.0.0.1", "[::1]", "localhost"].contains(host) else {
          throw SettingsError(problems: ["another machine is reached by https"])
        }
        return ClientConfiguration(target: target)
      case "https":
        guard let rootsFile else {
          throw SettingsError(problems: ["https needs ARTEL_OTLP_TRUST_ROOTS_FILE"])
        }
        guard let roots = FileManager.default.contents(atPath: rootsFile) else {
          throw SettingsError(problems: ["\(rootsFile) cannot be read"])
        }
        return ClientConfiguration(
          target: target,
          security: .tls(rootsPEM: String(decoding: roots, as: UTF8.self), identity: nil))
      default: throw SettingsError(problems: ["it is neither http nor https"])
      }
    }
  }
}
