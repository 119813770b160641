import Foundation
import Logging
import Pipeline
import ServiceLifecycle

/// Reads the file of networks at the start, and again whenever it has changed and is the same at two
/// looks: somebody may be writing it. A file that cannot be read, or that is malformed, changes nothing.
struct NetworkReload: Service {
  private static let interval: Duration = .seconds(2)

  private let rules: NetworkRules
  private let file: String
  private let first: String
  private let logger = Logger(label: "artel.networks")

  /// - Throws: `SettingsError` where the file is not good at the start.
  init(_ rules: NetworkRules, file: String) throws {
    self.rules = rules
    self.file = file
    guard let text = Self.text(file) else {
      throw SettingsError(problems: ["ARTEL_NETWORKS_FILE: \(file) cannot be read"])
    }
    first = text
    do {
      try rules.replace(by: text)
    } catch {
      throw SettingsError(problems: ["ARTEL_NETWORKS_FILE: \(error)"])
    }
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var last = first
      var seen = first
      while !Task.isCancelled {
        // Ends early only when cancelled, and then so does the loop.
        try? await Task.sleep(for: Self.interval)
        guard let text = Self.text(file) else { continue }
        defer { seen = text }
        guard text != last, text == seen else { continue }
        last = text
        do {
          try rules.replace(by: text)
          logger.notice("the networks that may call have changed")
        } catch {
          logger.error("the file of networks is not taken", metadata: ["error": "\(error)"])
        }
      }
    }
  }

  private static func text(_ file: String) -> String? {
    FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
  }
}
