import NIOCore
import NIOHPACK
import Telemetry

extension ResponseHead {
  /// The fields of an answer in HTTP/2: those of HTTP/1.1 but for what belongs to its connection.
  ///
  /// - Parameter scratch: Where they are written before they are read.
  func fields(
    _ scratch: inout ByteBuffer, date: [UInt8], requestID: TraceID
  ) -> HPACKHeaders {
    var head = self
    head.connection = .keep
    head.asksForWebSocket = false
    if case .chunked = head.body { head.body = .untilClose }
    scratch.clear(minimumCapacity: 512)
    head.write(to: &scratch, date: date, requestID: requestID)
    return scratch.withUnsafeReadableBytes { Self.read($0, status: head.httpCode) }
  }

  /// Reads lines that this door has written: none is folded, each has a colon with a space.
  private static func read(_ bytes: UnsafeRawBufferPointer, status: Int) -> HPACKHeaders {
    var fields = HPACKHeaders()
    fields.reserveCapacity(12)
    fields.add(name: ":status", value: "\(status)")
    var lines = bytes[...]
    var isFirst = true
    while let end = lines.firstIndex(of: 0x0D), end > lines.startIndex {
      let line = lines[lines.startIndex..<end]
      lines = lines[(end + 2)...]
      defer { isFirst = false }
      guard !isFirst, let colon = line.firstIndex(of: 0x3A) else { continue }
      fields.add(
        answer: String(decoding: line[line.startIndex..<colon], as: UTF8.self),
        String(decoding: line[(colon + 2)...], as: UTF8.self))
    }
    return fields
  }
}

extension HPACKHeaders {
  /// The fields behind an answer.
  init(trailers: [(name: String, value: String)]) {
    self.init()
    for field in trailers { add(answer: field.name, field.value) }
  }

  /// Adds a field of an answer, and lets the table of the connection remember it where it will come
  /// again.
  ///
  /// The peer says how long that table is, and it is searched for every field: one that remembered
  /// what each answer has anew would grow and slow down for as long as the peer likes. What it does not
  /// remember it does not give away either.
  fileprivate mutating func add(answer name: String, _ value: String) {
    add(name: name, value: value, indexing: Self.recurs(name, value) ? .indexable : .nonIndexable)
  }

  /// Whether a field has one of few values, whatever is asked for.
  private static func recurs(_ name: String, _ value: String) -> Bool {
    switch name {
    case "cache-control", "vary", "x-content-type-options", "content-encoding", "grpc-status",
      "grpc-encoding", "grpc-accept-encoding", "connect-content-encoding",
      "connect-accept-encoding", "access-control-allow-origin", "access-control-expose-headers",
      "access-control-allow-credentials", "trailer",
      "strict-transport-security", "cross-origin-opener-policy", "x-frame-options":
      true
    case "content-type": isOwn(type: value)
    default: false
    }
  }

  /// Whether a media type is this door's, and not that of somebody's file.
  private static func isOwn(type: String) -> Bool {
    type == "application/json" || type == "text/event-stream" || type == "application/x-ndjson"
      || RPCDialect(contentType: type)?.contentType == type
  }
}
