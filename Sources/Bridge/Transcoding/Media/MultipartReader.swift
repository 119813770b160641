import CProtobufC

/// How much of everything a multipart body may have.
public struct MultipartLimits: Sendable, Hashable {
  /// How many parts.
  public var parts: Int
  /// How many bytes the header fields of one part may take.
  public var headerBytes: Int
  /// How many bytes one part may hold.
  public var partBytes: Int

  /// - Parameters:
  ///   - parts: how many parts.
  ///   - headerBytes: how many bytes the header fields of one part may take.
  ///   - partBytes: how many bytes one part may hold.
  public init(parts: Int = 1000, headerBytes: Int = 8 << 10, partBytes: Int = .max) {
    self.parts = parts
    self.headerBytes = headerBytes
    self.partBytes = partBytes
  }
}

/// The header of one part of a `multipart/form-data` body.
public struct MultipartPart: Sendable, Equatable {
  /// The name of the form's field.
  public var name: String
  /// The name of the file without its path; nil where the part is no file or the name says nothing.
  public var fileName: String?
  /// Whether the part is a file: its disposition has a `filename`, even an empty one.
  public var isFile: Bool
  /// The media type as it was sent; nil without one.
  public var contentType: String?
}

/// What a multipart body holds, in the order in which it comes.
public enum MultipartEvent {
  /// A part begins.
  case part(MultipartPart)
  /// Bytes of the part, valid during the call.
  case data(UnsafeRawBufferPointer)
  /// The part ends.
  case end
}

/// Reads a `multipart/form-data` body (RFC 7578 over RFC 2046 section 5.1) as it comes, in pieces of
/// any size.
///
/// It keeps the header of the current part and nothing of its content: of a delimiter that may have
/// begun in one piece and may end in the next it only counts the bytes. Lines end with CRLF.
public struct MultipartReader {
  private enum State {
    case preamble, content
    /// Behind the delimiter's text.
    case delimited
    case closing, padding, lineFeed
    case header
    case epilogue
  }

  /// `CRLF--boundary`. A CR stands at its beginning only, so no part of it can begin it anew.
  private let delimiter: [UInt8]
  private let limits: MultipartLimits
  private var state = State.preamble
  /// How many bytes of the delimiter have come.
  private var matched = 2
  /// How many of these nobody sent: a delimiter may be the first thing in a body, or follow the
  /// empty line of a header.
  private var phantom = 2
  private var header: PartHeader
  private var parts = 0
  private var partBytes = 0

  /// - Parameters:
  ///   - boundary: the parameter of the media type.
  ///   - limits: how much of everything there may be.
  /// - Throws: `invalidArgument` for a boundary that RFC 2046 section 5.1.1 does not allow.
  public init(boundary: String, limits: MultipartLimits = MultipartLimits())
    throws(TranscodingError)
  {
    let bytes = Array(boundary.utf8)
    guard (1...70).contains(bytes.count), bytes.allSatisfy(MultipartReader.isBoundary),
      bytes.last != UInt8(ascii: " ")
    else { throw MultipartReader.malformed("the boundary is not one (RFC 2046 section 5.1.1)") }
    delimiter = Array("\r\n--".utf8) + bytes
    self.limits = limits
    header = PartHeader(limit: limits.headerBytes)
  }

  /// Reads a piece.
  ///
  /// - Throws: `invalidArgument` where the body is not multipart, `tooLarge` beyond a limit, and
  ///   what `handle` throws. After an error the reader is of no use.
  public mutating func feed(
    _ bytes: UnsafeRawBufferPointer,
    _ handle: (MultipartEvent) throws(TranscodingError) -> Void
  ) throws(TranscodingError) {
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      switch state {
      case .preamble, .content:
        at = try scan(bytes, from: at, handle)
        continue
      case .delimited where byte == UInt8(ascii: "-"): state = .closing
      case .delimited, .padding:
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): state = .padding
        case UInt8(ascii: "\r"): state = .lineFeed
        default: throw MultipartReader.malformed("text follows the boundary")
        }
      case .closing:
        guard byte == UInt8(ascii: "-") else {
          throw MultipartReader.malformed("text follows the boundary")
        }
        state = .epilogue
      case .lineFeed:
        guard byte == UInt8(ascii: "\n") else {
          throw MultipartReader.malformed("a line must end with CRLF")
        }
        parts += 1
        guard parts <= limits.parts else {
          throw MultipartReader.tooLarge("more than \(limits.parts) parts")
        }
        header = PartHeader(limit: limits.headerBytes)
        state = .header
      case .header:
        if try header.take(byte) {
          try handle(.part(try header.finish()))
          partBytes = 0
          matched = 2
          phantom = 2
          state = .content
        }
      case .epilogue: return
      }
      at += 1
    }
  }

  /// Demands that the last delimiter has come.
  ///
  /// - Throws: `invalidArgument` where the body ends too early.
  public func finish() throws(TranscodingError) {
    guard case .epilogue = state else {
      throw MultipartReader.malformed("it ends before its last boundary")
    }
  }

  /// Reads content up to a delimiter or the end of the piece; returns where it stopped.
  private mutating func scan(
    _ bytes: UnsafeRawBufferPointer, from start: Int,
    _ handle: (MultipartEvent) throws(TranscodingError) -> Void
  ) throws(TranscodingError) -> Int {
    /// How many of the matched bytes are not in this piece.
    var held = matched
    var at = start
    while at < bytes.count {
      if matched == 0 {
        guard let base = bytes.baseAddress, let found = memchr(base + at, 0x0d, bytes.count - at)
        else {
          at = bytes.count
          break
        }
        at = UnsafeRawPointer(found) - base + 1
        matched = 1
        continue
      }
      if bytes[at] == delimiter[matched] {
        matched += 1
        at += 1
        guard matched == delimiter.count else { continue }
        try emit(bytes, start..<at - (matched - held), handle)
        if case .content = state { try handle(.end) }
        matched = 0
        phantom = 0
        state = .delimited
        return at
      }
      if held > phantom {
        let missed = Array(delimiter[phantom..<held])
        try missed.withUnsafeBufferPointer { piece throws(TranscodingError) in
          try emit(UnsafeRawBufferPointer(piece), 0..<piece.count, handle)
        }
      }
      held = 0
      phantom = 0
      matched = 0
    }
    try emit(bytes, start..<at - (matched - held), handle)
    return bytes.count
  }

  private mutating func emit(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>,
    _ handle: (MultipartEvent) throws(TranscodingError) -> Void
  ) throws(TranscodingError) {
    guard case .content = state, !range.isEmpty else { return }
    partBytes += range.count
    guard partBytes <= limits.partBytes else {
      throw MultipartReader.tooLarge("a part has more than \(limits.partBytes) bytes")
    }
    try handle(.data(UnsafeRawBufferPointer(rebasing: bytes[range])))
  }

  /// `bchars` of RFC 2046 section 5.1.1.
  private static func isBoundary(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "'()+_,-./:=? ".utf8.contains(byte)
    }
  }

  static func malformed(_ reason: String) -> TranscodingError {
    .invalid("", "not a multipart/form-data body: \(reason)", reason: "MALFORMED_BODY")
  }

  static func tooLarge(_ reason: String) -> TranscodingError {
    TranscodingError(kind: .tooLarge, message: "the multipart body is too large: \(reason)")
  }
}
