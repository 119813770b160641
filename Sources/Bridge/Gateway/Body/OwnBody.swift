import RPC

/// An answer that says itself what it is: the media type and the place of its bytes in a message.
struct OwnBody {
  let contentType: String
  let data: Range<Int>

  /// What a message has; nil where its bytes are no message.
  init?(_ place: HTTPBodyPlace, in wire: UnsafeRawBufferPointer) {
    guard let parts = place.parts(wire) else { return nil }
    data = parts.data
    contentType = Self.type(UnsafeRawBufferPointer(rebasing: wire[parts.contentType]))
  }

  /// A type that could end its header line, or has none, is that of any bytes.
  private static func type(_ text: UnsafeRawBufferPointer) -> String {
    guard !text.isEmpty, text.contains(UInt8(ascii: "/")),
      text.allSatisfy({ $0 >= 0x20 && $0 <= 0x7E })
    else { return "application/octet-stream" }
    return String(decoding: text, as: UTF8.self)
  }
}
