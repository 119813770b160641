import Foundation
import LibCrypto
import Logging
import Synchronization

/// Keeps checkpoints outside of the database: whoever cuts the end off a log there cannot cut it off
/// here. Each is a signed note with an empty line behind it.
final class CheckpointFile: AuditOutlet {
  /// The most that wait singly; of more, the newest of each log.
  private static let most = 10_000

  private let file: AppendedFile
  private let logger: Logger
  /// What the file has not taken yet.
  private let waiting = Mutex<[SignedCheckpoint]>([])

  init(path: String, logger: Logger) {
    file = AppendedFile(path: path, record: .note(signature: "\u{2014} "))
    self.logger = logger
  }

  func take(_ leaves: [SealedEntries.Leaf], _ checkpoints: [SignedCheckpoint]) async {
    let all = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting + checkpoints
    }
    guard !all.isEmpty else { return }
    do {
      try await file.append(all.map { "\($0.note)\n" }.joined())
    } catch {
      logger.error(
        "checkpoints cannot be kept, and wait",
        metadata: ["error": "\(error)", "checkpoints": "\(all.count)"])
      let kept = all.count > Self.most ? Self.newest(of: all) : all
      waiting.withLock { $0 = kept + $0 }
    }
  }

  /// The newest checkpoint of each log that the file has; none where there is no file.
  func newest() async throws -> [SignedCheckpoint] {
    let path = file.path
    return try await AppendedFile.onDisk {
      guard let handle = FileHandle(forReadingAtPath: path) else {
        if FileManager.default.fileExists(atPath: path) {
          throw FileFailure(path: path, number: EACCES)
        }
        return []
      }
      defer { try? handle.close() }
      var newest: [String: SignedCheckpoint] = [:]
      var notes = CheckpointNotes()
      var rest = Data()
      while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
        rest += chunk
        guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
        notes.take(String(decoding: rest[..<end], as: UTF8.self))
        rest = Data(rest[(end + 1)...])
        Self.fold(notes.removeAll(), into: &newest)
      }
      notes.take(String(decoding: rest, as: UTF8.self))
      notes.finish()
      Self.fold(notes.removeAll(), into: &newest)
      return newest.values.sorted { $0.origin < $1.origin }
    }
  }

  private static func newest(of checkpoints: [SignedCheckpoint]) -> [SignedCheckpoint] {
    var newest: [String: SignedCheckpoint] = [:]
    fold(checkpoints, into: &newest)
    return newest.values.sorted { $0.origin < $1.origin }
  }

  private static func fold(
    _ checkpoints: [SignedCheckpoint], into newest: inout [String: SignedCheckpoint]
  ) {
    for checkpoint in checkpoints where newest[checkpoint.origin]?.size ?? 0 <= checkpoint.size {
      newest[checkpoint.origin] = checkpoint
    }
  }
}

/// Tells the log of checkpoints, which goes where the database's owner does not.
struct LoggedCheckpoints: AuditOutlet {
  let logger: Logger

  func take(_ leaves: [SealedEntries.Leaf], _ checkpoints: [SignedCheckpoint]) async {
    for checkpoint in checkpoints {
      logger.info(
        "audit checkpoint",
        metadata: [
          "origin": "\(checkpoint.origin)", "size": "\(checkpoint.size)",
          "root": "\(Hexadecimal.encode(checkpoint.root))",
          // What `--checkpoint` takes: whoever has the log alone has the proof.
          "note": "\(checkpoint.note)",
        ])
    }
  }
}
