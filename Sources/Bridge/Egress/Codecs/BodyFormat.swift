import FoundationEssentials

/// How messages to another system are written.
public enum BodyFormat: String, Sendable, Hashable, CaseIterable {
  /// RFC 8259.
  case json = "JSON"
  /// XML 1.0: one element for each member, its text the value.
  case xml = "XML"

  /// The media type of messages.
  public var mediaType: String {
    switch self {
    case .json: "application/json"
    case .xml: "application/xml"
    }
  }

  /// Writes a message of texts.
  ///
  /// - Parameter root: What XML calls the message; JSON has no name for it.
  public func encode(_ members: [(name: String, value: String)], root: String) -> [UInt8] {
    switch self {
    case .xml:
      return XMLElement(root, children: members.map { XMLElement($0.name, text: $0.value) })
        .document
    case .json:
      var bytes: [UInt8] = []
      for (name, value) in members {
        bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
        Self.quote(name, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.quote(value, into: &bytes)
      }
      return members.isEmpty ? Array("{}".utf8) : bytes + [UInt8(ascii: "}")]
    }
  }

  /// A string as RFC 8259 section 7 has it.
  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Reads a message whose members are texts, or other such messages.
  public func decode<Message: Decodable>(
    _ type: Message.Type, from body: [UInt8]
  ) throws -> Message {
    switch self {
    case .json: return try JSONDecoder().decode(type, from: Data(body))
    case .xml:
      let tree = Tree(try XMLElement(document: body))
      return try JSONDecoder().decode(type, from: try JSONEncoder().encode(tree))
    }
  }

  /// An element as JSON has it: a text, or an object whose members are the elements in it, the
  /// first of equal names.
  private struct Tree: Encodable {
    let element: XMLElement

    init(_ element: XMLElement) { self.element = element }

    func encode(to encoder: any Encoder) throws {
      if element.children.isEmpty {
        var container = encoder.singleValueContainer()
        return try container.encode(element.text)
      }
      let members = Dictionary(
        element.children.map { ($0.name, Tree($0)) }, uniquingKeysWith: { first, _ in first })
      try members.encode(to: encoder)
    }
  }
}
