import Synchronization

/// The number of a trace: everything that one request caused, in whatever process (W3C Trace Context
/// section 3.2.2.3).
public struct TraceID: Sendable, Hashable, CustomStringConvertible {
  let high: UInt64
  let low: UInt64

  /// Creates a number; nil for zero, which is none.
  public init?(high: UInt64, low: UInt64) {
    guard high != 0 || low != 0 else { return nil }
    self.high = high
    self.low = low
  }

  /// A number that nobody else has.
  public static func make() -> TraceID {
    // A bit is set, so that it is not zero.
    TraceID(high: TraceNumbers.next() | 1, low: TraceNumbers.next())!
  }

  /// The 32 digits that others know it by.
  public var description: String {
    String(unsafeUninitializedCapacity: 32) { buffer in
      Hexadecimal.write(high, to: buffer, at: 0)
      Hexadecimal.write(low, to: buffer, at: 16)
      return 32
    }
  }

  /// Writes the 32 digits; there has to be room for them.
  ///
  /// - Returns: How many bytes were written.
  public func write(to buffer: UnsafeMutableRawBufferPointer) -> Int {
    buffer.withMemoryRebound(to: UInt8.self) { bytes in
      Hexadecimal.write(high, to: bytes, at: 0)
      Hexadecimal.write(low, to: bytes, at: 16)
    }
    return 32
  }

  /// The 16 bytes.
  public var bytes: [UInt8] { Hexadecimal.bytes(high) + Hexadecimal.bytes(low) }
}

/// The number of a span: one thing that was done within a trace.
public struct SpanID: Sendable, Hashable, CustomStringConvertible {
  let number: UInt64

  /// Creates a number; nil for zero, which is none.
  public init?(_ number: UInt64) {
    guard number != 0 else { return nil }
    self.number = number
  }

  /// A number that no other span of the trace has.
  public static func make() -> SpanID { SpanID(TraceNumbers.next() | 1)! }

  /// The 16 digits that others know it by.
  public var description: String {
    String(unsafeUninitializedCapacity: 16) { buffer in
      Hexadecimal.write(number, to: buffer, at: 0)
      return 16
    }
  }

  /// The 8 bytes.
  public var bytes: [UInt8] { Hexadecimal.bytes(number) }
}

/// Numbers for traces and spans: a counter under a keyed hash (SipHash, the library's `Hasher`), which
/// costs no lock and no call of the system. They go to callers and partners, so that two of them must not
/// tell how many were drawn between them: that is what all tenants together do.
enum TraceNumbers {
  private static let state = Atomic<UInt64>(0)
  /// Besides the key that the process has for its hashes, which its environment can take away.
  private static let key = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

  static func next() -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key.0)
    hasher.combine(key.1)
    hasher.combine(state.wrappingAdd(1, ordering: .relaxed).newValue)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}

/// Numbers as lower-case hexadecimal digits.
enum Hexadecimal {
  static func write(_ number: UInt64, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
    for index in 0..<16 {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * index) & 15)
      buffer[start + index] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
  }

  static func bytes(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
  }

  /// Reads lower-case digits; nil where there is another character.
  static func number(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
    var number: UInt64 = 0
    for byte in text {
      switch byte {
      case 0x30...0x39: number = number << 4 | UInt64(byte - 0x30)
      case 0x61...0x66: number = number << 4 | UInt64(byte - 0x57)
      default: return nil
      }
    }
    return number
  }
}
