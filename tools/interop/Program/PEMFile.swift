import FoundationEssentials

/// Reads files of certificates and keys.
enum PEMFile {
  /// - Throws: why the file cannot be read.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: URL(filePath: path), encoding: .utf8)
  }
}
