import Configuration
import Foundation
import Redis

extension ServerSettings {
  /// How this process shares the limits of callers with others.
  struct Sharing: Sendable {
    var redis: RedisConfiguration
    /// The part of the limits that this process keeps by itself while Redis does not answer.
    var share: Double

    static let names: Set<String> = [
      "ARTEL_REDIS_HOST", "ARTEL_REDIS_PORT", "ARTEL_REDIS_USER", "ARTEL_REDIS_PASSWORD_FILE",
      "ARTEL_REDIS_TRUST_ROOTS_FILE", "ARTEL_REDIS_FALLBACK_PERCENT",
    ]

    /// Reads the settings; nil where limits are not shared.
    init?(_ config: ConfigReader, problems: inout [String]) {
      guard let host = config.string(forKey: "redis.host"), !host.isEmpty else { return nil }
      func number(_ key: ConfigKey, _ name: String, _ range: ClosedRange<Int>, _ value: Int) -> Int
      { config.number(key, name, range, default: value, problems: &problems) }
      var password: String?
      if let path = config.string(forKey: "redis.password.file") {
        if let data = FileManager.default.contents(atPath: path) {
          password = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
        } else {
          problems.append("ARTEL_REDIS_PASSWORD_FILE: \(path) cannot be read")
        }
      }
      let roots = config.string(forKey: "redis.trust.roots.file")
      let isLocal = host.hasPrefix("/") || ["localhost", "127.0.0.1", "::1"].contains(host)
      if !isLocal && roots == nil {
        problems.append(
          "ARTEL_REDIS_HOST is another machine: ARTEL_REDIS_TRUST_ROOTS_FILE is needed")
      }
      redis = RedisConfiguration(
        host: host, port: number("redis.port", "ARTEL_REDIS_PORT", 1...65535, 6379),
        user: config.string(forKey: "redis.user"), password: password, trustRootsFile: roots)
      share =
        Double(number("redis.fallback.percent", "ARTEL_REDIS_FALLBACK_PERCENT", 1...100, 50)) / 100
    }
  }
}
