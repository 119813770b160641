public import Foundation

/// Vectors in the form in which NIST and the RFCs are quoted by the package cryptography-vectors, where
/// tools/test has put them.
public enum NISTVectors {
  /// The folder that ARTEL_NIST names; nil where the vectors are not at hand.
  public static var folder: URL? {
    ProcessInfo.processInfo.environment["ARTEL_NIST"].map {
      URL(fileURLWithPath: $0, isDirectory: true)
    }
  }

  /// One vector: its own values, and those of the section that it stands in, in brackets.
  public struct Vector: Sendable {
    /// By their names, as they are written; `FAIL` is there where nothing may come out.
    public var values: [String: String]

    /// A value's bytes; none where it is empty or absent.
    public func bytes(_ name: String) -> [UInt8] {
      let digits = Array((values[name] ?? "").utf8)
      return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
      }
    }
  }

  /// The vectors of a file, whose names are below the folder.
  public static func read(_ name: String) throws -> [Vector] {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    var vectors: [Vector] = []
    var section: [String: String] = [:]
    var values: [String: String] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for raw in lines.map(String.init) + [""] {
      let line = raw.trimmingCharacters(in: .whitespaces)
      if line.isEmpty {
        if !values.isEmpty { vectors.append(Vector(values: section.merging(values) { $1 })) }
        values = [:]
      } else if line.hasPrefix("[") {
        let (name, value) = pair(String(line.dropFirst().dropLast()))
        section[name] = value
      } else if !line.hasPrefix("#") {
        let (name, value) = pair(line)
        values[name] = value
      }
    }
    return vectors
  }

  private static func pair(_ line: String) -> (String, String) {
    let parts = line.split(separator: "=", maxSplits: 1).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
  }
}
