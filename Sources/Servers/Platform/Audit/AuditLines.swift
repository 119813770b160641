import LibCrypto
import Logging
import Synchronization

/// Writes every sealed entry to a file, line by line.
final class AuditLines: AuditOutlet {
  /// The most bytes that wait while the file takes nothing.
  private static let most = 64 << 20

  private let file: AppendedFile
  private let logger: Logger
  /// What the file has not taken yet.
  private let waiting = Mutex("")

  init(path: String, logger: Logger) {
    file = AppendedFile(path: path)
    self.logger = logger
  }

  func take(_ leaves: [SealedEntries.Leaf], _ checkpoints: [SignedCheckpoint]) async {
    let lines = leaves.map {
      AuditLine.text(of: $0.entry, tenant: $0.tenant, leaf: ($0.index, $0.hash))
    }.joined()
    let all = waiting.withLock { waiting in
      defer { waiting = "" }
      return waiting + lines
    }
    guard !all.isEmpty else { return }
    do {
      try await file.append(all)
    } catch {
      logger.error("audit lines cannot be written, and wait", metadata: ["error": "\(error)"])
      if all.utf8.count <= Self.most { return waiting.withLock { $0 = all + $0 } }
      for (tenant, leaves) in Dictionary(grouping: leaves, by: \.tenant) {
        logger.error(
          "audit lines are not in the file, and those that waited before: export them",
          metadata: [
            "tenant": "\(tenant)",
            "leaves": "\(leaves.first?.index ?? 0) to \(leaves.last?.index ?? 0)",
          ])
      }
    }
  }
}
