/// Where a span stands: what crosses from process to process (W3C Trace Context).
public struct SpanContext: Sendable, Hashable {
  /// The trace.
  public let traceID: TraceID
  /// The span.
  public let spanID: SpanID
  /// Whether whoever began the trace keeps it.
  public let isSampled: Bool

  /// Creates a context.
  public init(traceID: TraceID, spanID: SpanID, isSampled: Bool) {
    self.traceID = traceID
    self.spanID = spanID
    self.isSampled = isSampled
  }

  /// A trace of its own.
  public static func make(isSampled: Bool = false) -> SpanContext {
    SpanContext(traceID: .make(), spanID: .make(), isSampled: isSampled)
  }

  /// Reads a `traceparent` (section 3.2). Of later versions only the start is known; one that is not
  /// as it has to be is none.
  public init?(traceparent text: String) {
    var text = text
    guard let read = text.withUTF8({ Self.read($0) }) else { return nil }
    self = read
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> SpanContext? {
    guard bytes.count >= 55, let version = Hexadecimal.number(bytes[0..<2]), version != 0xFF,
      bytes.count == 55 || (version != 0 && bytes[55] == 0x2D),
      bytes[2] == 0x2D, bytes[35] == 0x2D, bytes[52] == 0x2D,
      let high = Hexadecimal.number(bytes[3..<19]), let low = Hexadecimal.number(bytes[19..<35]),
      let traceID = TraceID(high: high, low: low),
      let number = Hexadecimal.number(bytes[36..<52]), let spanID = SpanID(number),
      let flags = Hexadecimal.number(bytes[53..<55])
    else { return nil }
    return SpanContext(traceID: traceID, spanID: spanID, isSampled: flags & 1 == 1)
  }

  /// The `traceparent` that a callee is told. The trace's number is random (Level 2, section 3.2).
  public var traceparent: String {
    String(unsafeUninitializedCapacity: 55) { buffer in
      (buffer[0], buffer[1], buffer[2]) = (0x30, 0x30, 0x2D)
      Hexadecimal.write(traceID.high, to: buffer, at: 3)
      Hexadecimal.write(traceID.low, to: buffer, at: 19)
      buffer[35] = 0x2D
      Hexadecimal.write(spanID.number, to: buffer, at: 36)
      (buffer[52], buffer[53], buffer[54]) = (0x2D, 0x30, isSampled ? 0x33 : 0x32)
      return 55
    }
  }
}
