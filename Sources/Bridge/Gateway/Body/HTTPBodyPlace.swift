import RPC
import Transcoding

/// Where a message has its `google.api.HttpBody`: it is one, or the mapped field is.
struct HTTPBodyPlace: Sendable {
  private static let typeField: UInt8 = 0x0A
  private static let dataField: UInt8 = 0x12

  /// The field; nil where the message itself is the body.
  private let number: Int?

  /// - Parameter mapped: The binding's `body` or `response_body`.
  /// - Returns: Nil where what is mapped is another message.
  init?(_ mapped: String, of message: MessageSchema) {
    if mapped.isEmpty || mapped == "*" {
      guard message.fullName == Self.name else { return nil }
      number = nil
    } else {
      guard let field = message.fields.first(where: { $0.name == mapped }), !field.isRepeated,
        field.message?.fullName == Self.name
      else { return nil }
      number = field.number
    }
  }

  private static let name = "google.api.HttpBody"

  /// What of a body is where in a message.
  struct Parts {
    var contentType: Range<Int> = 0..<0
    var data: Range<Int> = 0..<0
  }

  /// Finds the body in a message; the last of a field counts, as it does for any reader.
  ///
  /// - Returns: Nil where the bytes are no message.
  func parts(_ wire: UnsafeRawBufferPointer) -> Parts? {
    var parts = Parts()
    guard let number else { return Self.read(wire, 0..<wire.count, &parts) ? parts : nil }
    var reader = WireReader(wire)
    while let field = reader.next() {
      guard field.number == number, field.isLengthDelimited else { continue }
      guard Self.read(wire, field.payload, &parts) else { return nil }
    }
    return reader.isAtEnd ? parts : nil
  }

  private static func read(
    _ wire: UnsafeRawBufferPointer, _ range: Range<Int>, _ parts: inout Parts
  ) -> Bool {
    var reader = WireReader(UnsafeRawBufferPointer(rebasing: wire[range]))
    while let field = reader.next() {
      guard field.isLengthDelimited else { continue }
      let start = range.lowerBound + field.payload.lowerBound
      let place = start..<(start + field.payload.count)
      if field.number == 1 { parts.contentType = place }
      if field.number == 2 { parts.data = place }
    }
    return reader.isAtEnd
  }

  /// A message that is `prefix` with the body behind it.
  ///
  /// - Parameters:
  ///   - prefix: The message's other fields.
  ///   - contentType: Left out where it is empty.
  ///   - data: The pieces of the data, in their order.
  func message(
    _ prefix: [UInt8], contentType: String, data: [UnsafeRawBufferPointer]
  ) -> MessageBytes {
    let dataCount = data.reduce(0) { $0 + $1.count }
    let typeCount = contentType.utf8.count
    var bodyCount = 0
    if typeCount > 0 { bodyCount += 1 + Self.size(typeCount) + typeCount }
    if dataCount > 0 { bodyCount += 1 + Self.size(dataCount) + dataCount }
    var count = prefix.count + bodyCount
    if let number { count += Self.size(number << 3 | 2) + Self.size(bodyCount) }
    var message = MessageBytes(repeating: 0, count: count)
    message.withUnsafeMutableBytes { buffer in
      var writer = Writer(buffer)
      prefix.withUnsafeBytes { writer.copy($0) }
      if let number {
        writer.varint(number << 3 | 2)
        writer.varint(bodyCount)
      }
      if typeCount > 0 {
        writer.varint(Int(Self.typeField))
        writer.varint(typeCount)
        var contentType = contentType
        contentType.withUTF8 { writer.copy(UnsafeRawBufferPointer($0)) }
      }
      if dataCount > 0 {
        writer.varint(Int(Self.dataField))
        writer.varint(dataCount)
        for piece in data { writer.copy(piece) }
      }
    }
    return message
  }

  private static func size(_ value: Int) -> Int {
    max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
  }

  /// Writes a message whose length is known before.
  private struct Writer {
    private let buffer: UnsafeMutableRawBufferPointer
    private var position = 0

    init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

    mutating func varint(_ value: Int) {
      var rest = UInt64(value)
      while rest >= 0x80 {
        buffer[position] = UInt8(truncatingIfNeeded: rest) | 0x80
        rest >>= 7
        position += 1
      }
      buffer[position] = UInt8(rest)
      position += 1
    }

    mutating func copy(_ bytes: UnsafeRawBufferPointer) {
      guard !bytes.isEmpty else { return }
      UnsafeMutableRawBufferPointer(rebasing: buffer[position...]).copyMemory(from: bytes)
      position += bytes.count
    }
  }
}
