public import Foundation

/// Project Wycheproof's vectors, where tools/test has put them.
public enum Wycheproof {
  /// What a vector is expected to do.
  public enum Verdict: String, Decodable, Sendable {
    case valid, invalid
    /// Either is right.
    case acceptable
  }

  /// The folder that ARTEL_WYCHEPROOF names; nil where the vectors are not at hand.
  public static var folder: URL? {
    ProcessInfo.processInfo.environment["ARTEL_WYCHEPROOF"].map {
      URL(fileURLWithPath: $0, isDirectory: true)
    }
  }

  /// The groups of a file.
  ///
  /// - Parameter name: Below the folder, without `_test.json`.
  public static func groups<Group: Decodable>(
    _ name: String, of type: Group.Type = Group.self
  ) throws -> [Group] {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    let data = try Data(contentsOf: folder.appending(path: "\(name)_test.json"))
    return try JSONDecoder().decode(Contents<Group>.self, from: data).testGroups
  }

  private struct Contents<Group: Decodable>: Decodable {
    var testGroups: [Group]
  }
}

/// Bytes that a vector writes in hexadecimal digits.
public struct HexadecimalBytes: Decodable, Sendable {
  /// Them.
  public let bytes: [UInt8]

  /// Reads the digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let digits = Array(try container.decode(String.self).utf8)
    var bytes: [UInt8] = []
    for at in stride(from: 0, to: digits.count, by: 2) {
      guard at + 1 < digits.count,
        let byte = UInt8(String(decoding: digits[at...(at + 1)], as: UTF8.self), radix: 16)
      else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no hexadecimal")
      }
      bytes.append(byte)
    }
    self.bytes = bytes
  }
}
