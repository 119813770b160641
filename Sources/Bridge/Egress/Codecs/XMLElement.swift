/// An element of an XML message: attributes, and either text or other elements.
public struct XMLElement: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// Its attributes, by name.
  public var attributes: [String: String]
  /// The elements in it, in their order.
  public var children: [XMLElement]
  /// The text in it, without the space around.
  public var text: String

  /// Creates an element.
  public init(
    _ name: String, text: String = "", attributes: [String: String] = [:],
    children: [XMLElement] = []
  ) {
    self.name = name
    self.text = text
    self.attributes = attributes
    self.children = children
  }

  /// The first element of this name in it.
  public subscript(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The document (XML 1.0), in UTF-8.
  public var document: [UInt8] {
    var bytes = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    bytes += Array("<\(name)".utf8)
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
      bytes += Array(" \(name)=\"".utf8) + Self.escaped(value) + Array("\"".utf8)
    }
    bytes.append(UInt8(ascii: ">"))
    bytes += Self.escaped(text)
    for child in children { child.write(to: &bytes) }
    bytes += Array("</\(name)>".utf8)
  }

  private static func escaped(_ text: String) -> [UInt8] {
    text.utf8.reduce(into: []) { bytes, byte in
      switch byte {
      case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
      case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
      case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
      case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
      default: bytes.append(byte)
      }
    }
  }
}
