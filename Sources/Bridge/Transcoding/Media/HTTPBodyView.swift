/// Where the parts of a `google.api.HttpBody` are in a serialized message.
public struct HTTPBodyView: Sendable, Equatable {
  /// The bytes of `content_type`; empty where it is unset.
  public private(set) var contentType: Range<Int> = 0..<0
  /// The bytes of `data`; empty where it is unset.
  public private(set) var data: Range<Int> = 0..<0

  /// Reads a serialized message. Of a field that comes twice the last counts, as protobuf says.
  ///
  /// - Parameters:
  ///   - wire: the message.
  ///   - field: the number of the field that holds the HttpBody; nil where the message is one.
  /// - Throws: `TranscodingError` of the kind `corrupt` where the bytes are no message.
  public init(
    _ wire: UnsafeRawBufferPointer, field: Int? = nil
  ) throws(TranscodingError) {
    let bytes = Bytes(wire.bindMemory(to: UInt8.self))
    do throws(Fault) {
      guard let field else {
        try read(bytes, in: bytes)
        return
      }
      var reader = WireReader(bytes)
      while !reader.isAtEnd {
        let tag = try reader.tag()
        if Int(tag.number) == field, tag.wireType == 2 {
          try read(try reader.delimited(), in: bytes)
        } else {
          try reader.skipValue(number: tag.number, wireType: tag.wireType, depth: 0)
        }
      }
    } catch {
      throw error.inResponse(type: "google.api.HttpBody", field: nil)
    }
  }

  private mutating func read(_ body: Bytes, in whole: Bytes) throws(Fault) {
    var reader = WireReader(body)
    while !reader.isAtEnd {
      let tag = try reader.tag()
      guard tag.wireType == 2, tag.number == 1 || tag.number == 2 else {
        try reader.skipValue(number: tag.number, wireType: tag.wireType, depth: 0)
        continue
      }
      let content = try reader.delimited()
      let start = content.base - whole.base
      if tag.number == 1 {
        contentType = start..<start + content.count
      } else {
        data = start..<start + content.count
      }
    }
  }
}
