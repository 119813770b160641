import Foundation
import Platform
import Synchronization
import SystemPackage

/// A file of JSON lines: what it is, then a row and its table in each, which only its owner can read.
enum ArchiveFormat: String {
  case rows = "artel-tenant-archive-1"
  case keys = "artel-tenant-keys-1"

  func header(tenantID: String) -> String {
    #"{"format":"\#(rawValue)","tenant":"\#(tenantID)"}"#
  }

  static func line(table: String, row: String) -> String {
    #"{"table":"\#(table)","row":\#(row)}"#
  }

  /// The tenant of a header; nil for anything else.
  func tenantID(_ line: String) -> String? {
    guard
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String],
      object["format"] == rawValue
    else { return nil }
    return object["tenant"]
  }

  /// The row stays as it was written: no reader of numbers changes it.
  static func row(_ line: String) -> (table: String, row: String)? {
    let (before, between) = (#"{"table":""#, #"","row":"#)
    guard line.hasPrefix(before), line.hasSuffix("}"), let middle = line.range(of: between)
    else { return nil }
    let table = line[line.index(line.startIndex, offsetBy: before.count)..<middle.lowerBound]
    return (String(table), String(line[middle.upperBound...].dropLast()))
  }
}

/// Writes an archive.
final class ArchiveWriter: TenantExportSink {
  private let path: String
  private let file: FileDescriptor
  private let table = Mutex("")

  init(path: String, tenantID: String, _ format: ArchiveFormat = .rows) throws {
    self.path = path
    file = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
      permissions: .ownerReadWrite)
    try file.writeAll((format.header(tenantID: tenantID) + "\n").utf8)
  }

  func begin(table name: String) async throws { table.withLock { $0 = name } }

  func write(row: String) async throws {
    let line = table.withLock { ArchiveFormat.line(table: $0, row: row) }
    try file.writeAll((line + "\n").utf8)
  }

  func close() throws { try file.close() }

  func discard() throws {
    try file.close()
    try FileManager.default.removeItem(atPath: path)
  }
}

/// Reads an archive, line by line.
final class ArchiveReader: TenantArchiveSource {
  let tenantID: String
  private let lines: Mutex<Lines>

  private struct Lines {
    let file: FileHandle
    var rest = Data()

    /// The next line without its end; nil behind the last.
    mutating func next() throws -> String? {
      while true {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
          rest = Data(rest[rest.index(after: end)...])
          return line
        }
        guard let more = try file.read(upToCount: 1 << 16), !more.isEmpty else {
          guard rest.isEmpty else {
            throw OperatorError(description: "the archive ends in the middle of a line")
          }
          return nil
        }
        rest.append(more)
      }
    }
  }

  init(path: String, _ format: ArchiveFormat = .rows) throws {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw OperatorError(description: "the archive \(path) cannot be read")
    }
    var lines = Lines(file: file)
    guard let header = try lines.next(), let tenantID = format.tenantID(header) else {
      let what = format == .rows ? "archive" : "file of keys"
      throw OperatorError(description: "\(path) is no \(what) of a tenant")
    }
    self.tenantID = tenantID
    self.lines = Mutex(lines)
  }

  func next() async throws -> (table: String, row: String)? {
    guard let line = try lines.withLock({ try $0.next() }) else { return nil }
    guard let row = ArchiveFormat.row(line) else {
      throw OperatorError(description: "the archive has a line that is no row")
    }
    return row
  }
}
