import NIOCore
import NIOHPACK

extension ResponseHead {
  /// The fields of an answer in HTTP/2: those of HTTP/1.1 but for what belongs to its connection.
  ///
  /// - Parameter scratch: Where they are written before they are read.
  func fields(_ scratch: inout ByteBuffer, date: [UInt8]) -> HPACKHeaders {
    var head = self
    head.connection = .keep
    head.asksForWebSocket = false
    if case .chunked = head.body { head.body = .untilClose }
    scratch.clear(minimumCapacity: 512)
    head.write(to: &scratch, date: date)
    return scratch.withUnsafeReadableBytes { Self.read($0, status: head.httpCode) }
  }

  /// Reads lines that this door has written: none is folded, each has a colon with a space.
  private static func read(_ bytes: UnsafeRawBufferPointer, status: Int) -> HPACKHeaders {
    var fields: [(String, String)] = [(":status", "\(status)")]
    fields.reserveCapacity(12)
    var lines = bytes[...]
    var isFirst = true
    while let end = lines.firstIndex(of: 0x0D), end > lines.startIndex {
      let line = lines[lines.startIndex..<end]
      lines = lines[(end + 2)...]
      defer { isFirst = false }
      guard !isFirst, let colon = line.firstIndex(of: 0x3A) else { continue }
      fields.append(
        (
          String(decoding: line[line.startIndex..<colon], as: UTF8.self),
          String(decoding: line[(colon + 2)...], as: UTF8.self)
        ))
    }
    return HPACKHeaders(fields)
  }
}
