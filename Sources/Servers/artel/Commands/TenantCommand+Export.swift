import ArgumentParser
import Foundation
import Platform
import Synchronization
import SystemPackage

extension TenantCommand {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes every row of a tenant into a folder, as lines of JSON.",
      discussion: """
        One file for each table. Keys, secrets and hashes are left out. Suspend the tenant first \
        where all tables have to be of the same moment.
        """)

    @Argument(help: "The tenant's name.") var name: String
    @Option(help: "The folder to write into; it must not exist.") var out: String
    @Option(help: "Why, for the tenant's audit.") var reason: String

    private struct Exported: Encodable {
      let tenant: String
      let rows: [String: Int]
    }

    func run() async throws {
      let folder = try ExportFolder(path: out)
      let rows = try await Environment().administer { administration, directory in
        try await administration.export(
          try await directory.known(name), reason: reason, to: folder)
      }
      try folder.close()
      try Output.json(Exported(tenant: "tenants/\(name)", rows: rows))
    }
  }
}

/// A folder with one file of JSON lines for each table, which only its owner can read.
private final class ExportFolder: TenantExportSink {
  private let path: String
  private let file = Mutex<FileDescriptor?>(nil)

  init(path: String) throws {
    self.path = path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw OperatorError(description: "the folder \(path) cannot be made; it must not exist")
    }
  }

  func begin(table: String) async throws {
    try close()
    let next = try FileDescriptor.open(
      FilePath("\(path)/\(table).jsonl"), .writeOnly,
      options: [.create, .exclusiveCreate, .noFollow, .closeOnExec], permissions: .ownerReadWrite)
    file.withLock { $0 = next }
  }

  func write(row: String) async throws {
    _ = try file.withLock { try $0?.writeAll((row + "\n").utf8) }
  }

  func close() throws {
    try file.withLock { file in
      try file?.close()
      file = nil
    }
  }
}
