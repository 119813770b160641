import Foundation
import SwiftProtobuf

/// The Swift file that carries the descriptors of all contracts.
struct DescriptorsFile {
  /// The path to write.
  let path: String

  let contents: String

  /// - Throws: where the descriptors cannot be serialized, which the types that hold them rule out.
  init(
    set: Google_Protobuf_FileDescriptorSet, comments: Google_Protobuf_FileDescriptorSet,
    module: String
  ) throws {
    path = "\(module)/ArtelDescriptors.swift"
    contents =
      Self.head + (try Self.text(of: set)) + Self.middle + (try Self.text(of: comments)) + Self.tail
  }

  private static func text(of set: Google_Protobuf_FileDescriptorSet) throws -> String {
    let bytes: Data = try set.serializedBytes()
    return lines(of: bytes.base64EncodedString()).joined(separator: "\\\n")
  }

  private static func lines(of text: String) -> [String] {
    stride(from: 0, to: text.utf8.count, by: 96).map { offset in
      let start = text.utf8.index(text.startIndex, offsetBy: offset)
      return "    " + text[start...].prefix(96)
    }
  }

  private static let head = #"""
    // Written by protoc-gen-artel. Do not edit: run tools/generate.
    // swift-format-ignore-file

    /// The descriptors of every contract.
    public enum ArtelDescriptors {
      /// A serialized `google.protobuf.FileDescriptorSet` of every contract and everything that they
      /// import, an importing file after those that it imports. The policies of contracts that are
      /// not ours are there as options of their methods. Comments are not.
      public static let descriptorSet: [UInt8] = text.withUTF8Buffer(decodeBase64)

      /// The comments of our contracts: a serialized `google.protobuf.FileDescriptorSet` whose files
      /// have their names and `source_code_info` alone, without places.
      public static let comments: [UInt8] = commentText.withUTF8Buffer(decodeBase64)

      private static func decodeBase64(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for character in text {
          let value: UInt8
          switch character {
          case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - 65
          case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - 71
          case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character + 4
          case UInt8(ascii: "+"): value = 62
          case UInt8(ascii: "/"): value = 63
          default: continue  // The padding at the end.
          }
          bits = bits << 6 | UInt32(value)
          count += 6
          if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
          }
        }
        return bytes
      }

      private static let text: StaticString = """

    """#

  private static let middle = #"""

        """

      private static let commentText: StaticString = """

    """#

  private static let tail = #"""

        """
    }

    """#
}
