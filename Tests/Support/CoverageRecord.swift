import Foundation

/// One line of a coverage file.
struct CoverageLine: Codable {
  var covers: [String]
  var passed: Bool
  var suite: String
  var test: String
}

/// The file that `ARTEL_COVERAGE_FILE` names.
struct CoverageRecord {
  private let path: String

  /// Nothing where the environment names no file.
  init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    guard let path = environment["ARTEL_COVERAGE_FILE"], !path.isEmpty else { return nil }
    self.path = path
  }

  /// Adds a line, whole even where other processes add theirs.
  ///
  /// - Throws: `POSIXError`.
  func add(_ line: CoverageLine) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var bytes = [UInt8](try encoder.encode(line))
    bytes.append(UInt8(ascii: "\n"))

    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Self.systemError }
    defer { close(file) }
    // One write to a file that is open for appending is not torn apart by another.
    guard write(file, bytes, bytes.count) == bytes.count else { throw Self.systemError }
  }

  private static var systemError: POSIXError {
    POSIXError(POSIXError.Code(rawValue: errno) ?? .EIO)
  }
}
