import ArgumentParser
import Foundation
import LibCrypto
import Platform

extension AuditCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Computes the logs anew; names the first bad entry, and exits with 1 then.")

    @Option(help: "The tenant's name; every tenant's log where it is not said.") var tenant: String?
    @Option(help: "A file of checkpoints that was kept outside of the database.")
    var checkpoint: String?
    @Flag(help: "The restores were ours: what they have given up of logs is no fault.")
    var restored = false

    private struct Result: Encodable {
      let tenant: String
      var size: Int?
      var root: String?
      var checkpoints, waiting, givenUp: Int?
      var state: String?
      var fault: String?
      var index, lastIndex: Int?
      var entry: String?
    }

    /// What is wrong with the file of checkpoints itself.
    private struct FileFault: Encodable {
      let file, fault: String
      let checkpoints, strayLines: Int
    }

    func run() async throws {
      let notes = try checkpoint.map { path in
        guard let data = FileManager.default.contents(atPath: path) else {
          throw OperatorError(description: "\(path) cannot be read")
        }
        return CheckpointNotes(String(decoding: data, as: UTF8.self))
      }
      let outside = notes?.checkpoints ?? []
      let (logs, isSound) = try await AuditCommand.read { verifier, _ in
        let logs = try await AuditCommand.logs(verifier, tenant, outside: outside)
        var isSound = true
        for log in logs where try await !verify(log, verifier, outside) { isSound = false }
        return (logs, isSound)
      }
      // A file that is the wrong one, or has been damaged, must not verify everything.
      if let notes, let path = checkpoint, notes.strayLines > 0 || !Self.tells(outside, of: logs) {
        try Output.json(
          FileFault(
            file: path, fault: "CHECKPOINTS_UNREADABLE", checkpoints: outside.count,
            strayLines: notes.strayLines))
        throw ExitCode.failure
      }
      if !isSound { throw ExitCode.failure }
    }

    /// Whether there is a checkpoint of one of the logs.
    private static func tells(
      _ outside: [SignedCheckpoint], of logs: [AuditVerifier.Log]
    ) -> Bool {
      let names = Set(logs.map(\.name))
      return outside.contains { checkpoint in
        checkpoint.origin.split(separator: ".").first.map { names.contains(String($0)) } ?? false
      }
    }

    private func verify(
      _ log: AuditVerifier.Log, _ verifier: AuditVerifier, _ outside: [SignedCheckpoint]
    ) async throws -> Bool {
      let name = "tenants/\(log.name)"
      // Its log went with it; whoever reads this knows whether that was meant.
      guard !log.isErased else {
        try Output.json(Result(tenant: name, state: "ERASED"))
        return true
      }
      do {
        let found = try await verifier.verify(
          log, outside: outside, acceptsRestores: restored)
        try Output.json(
          Result(
            tenant: name, size: found.size, root: Hexadecimal.encode(found.root),
            checkpoints: found.checkpoints, waiting: found.waiting,
            givenUp: found.givenUp == 0 ? nil : found.givenUp))
        return true
      } catch let fault as AuditFault {
        try Output.json(
          Result(
            tenant: name, fault: fault.kind.rawValue, index: fault.index,
            lastIndex: fault.lastIndex, entry: fault.entryID.map { "auditEntries/\($0)" }))
        return false
      }
    }
  }
}
