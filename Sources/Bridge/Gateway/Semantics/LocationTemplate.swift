import RPC
import Transcoding

/// Where the resource of a success is: a path whose variables are string fields of the response
/// (`RestProfile.location`).
struct LocationTemplate: Sendable {
  private enum Part: Sendable {
    case literal(String)
    case field(StringField)
  }

  private let parts: [Part]

  /// - Throws: `GatewayError` for a text that is no absolute path, or a variable that is no singular
  ///   string field of the message.
  init(_ text: String, of message: MessageSchema) throws(GatewayError) {
    var parts: [Part] = []
    var rest = text[...]
    guard text.hasPrefix("/"), !text.hasPrefix("//") else {
      throw Self.error(text, "is not a path")
    }
    while !rest.isEmpty {
      let literal = rest.prefix { $0 != "{" }
      guard literal.utf8.allSatisfy(Self.isPath) else {
        throw Self.error(text, "has a character that a path cannot have")
      }
      if !literal.isEmpty { parts.append(.literal(String(literal))) }
      rest = rest.dropFirst(literal.count)
      guard !rest.isEmpty else { break }
      let name = rest.dropFirst().prefix { $0 != "}" }
      guard rest.count > name.count + 1 else {
        throw Self.error(text, "has a brace without an end")
      }
      guard let field = StringField(named: String(name), in: message) else {
        throw Self.error(text, "names '\(name)', which is no string field of \(message.fullName)")
      }
      parts.append(.field(field))
      rest = rest.dropFirst(name.count + 2)
    }
    self.parts = parts
  }

  private static func error(_ text: String, _ reason: String) -> GatewayError {
    GatewayError(code: .badRoute, message: "the location '\(text)' \(reason)")
  }

  /// The path for a response; nil where a field is empty, or would lead elsewhere.
  func path(_ message: MessageBytes) -> String? {
    message.withUnsafeBytes { wire in
      var path = ""
      for part in parts {
        switch part {
        case .literal(let text): path += text
        case .field(let field):
          guard let value = field.value(in: wire), Self.staysInPlace(value) else { return nil }
          PercentCoding.append(value, to: &path) { Self.isPath($0) && $0 != 0x25 }
        }
      }
      return path
    }
  }

  /// Whoever resolves the reference must not leave the path by a dot segment (RFC 3986, 5.2.4).
  private static func staysInPlace(_ value: String) -> Bool {
    value.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0 != "." && $0 != ".."
    }
  }

  /// `pchar` without `%`, and the slash (RFC 3986 section 3.3).
  private static func isPath(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    case 0x21, 0x24, 0x26...0x2C, 0x3B, 0x3D, 0x3A, 0x40, 0x2F, 0x25: true
    default: false
    }
  }
}

/// Percent-encoding (RFC 3986 section 2.1).
enum PercentCoding {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Adds the UTF-8 of a text, each byte as it is or encoded.
  static func append(_ text: String, to output: inout String, keeping isKept: (UInt8) -> Bool) {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isKept(byte) {
        bytes.append(byte)
      } else {
        bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    output += String(decoding: bytes, as: UTF8.self)
  }
}
