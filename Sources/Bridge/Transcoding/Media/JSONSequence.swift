/// How the values of a stream of JSON stand behind each other.
public enum JSONSequenceForm: Sendable {
  /// `[a, b, c]` (RFC 8259 section 5).
  case array
  /// A value on each line (`application/x-ndjson`); lines without one are passed over.
  case lines
}

/// Finds the values of a stream of JSON while its bytes arrive.
///
/// It looks only for where values end: what they are, and whether they are JSON at all, is for
/// whoever reads them. Of text that is not JSON some value, or what stands around it, is refused.
///
///     var sequence = JSONSequence(.array, limit: 4 << 20)
///     while !bytes.isEmpty {
///       let taken = try sequence.feed(bytes)
///       bytes = rest of bytes behind `taken`
///       if let value = sequence.value { … }
///     }
///     try sequence.finish()
public struct JSONSequence {
  private enum State {
    /// Before `[`.
    case begin
    /// Before a value, or `]` where there is none yet.
    case first
    /// Before a value.
    case element
    /// In a value whose brackets and braces are open.
    case nested
    /// In a string; `isNested` says whether a value is open around it.
    case string, escape
    /// In a number or a literal, which the next other byte ends.
    case plain
    /// Behind a value.
    case separator
    /// Behind `]`.
    case end
  }

  private let form: JSONSequenceForm
  private let limit: Int
  private var state: State
  private var depth = 0
  private var bytes: [UInt8] = []
  private var isComplete = false
  /// How many values have been found.
  public private(set) var count = 0

  /// - Parameters:
  ///   - form: How the values stand.
  ///   - limit: The most bytes of one value.
  public init(_ form: JSONSequenceForm, limit: Int) {
    self.form = form
    self.limit = limit
    state = form == .array ? .begin : .element
  }

  /// How many bytes are kept of a value.
  public var held: Int { bytes.count }

  /// The value that the last bytes have completed; nil where they have not.
  public var value: [UInt8]? { isComplete ? bytes : nil }

  /// Takes bytes up to the end of the next value, and all of them where none ends.
  ///
  /// - Returns: How many bytes were taken.
  /// - Throws: `invalidArgument` where values do not stand as the form has it; `tooLarge` for a value
  ///   beyond the limit.
  public mutating func feed(_ input: UnsafeRawBufferPointer) throws(TranscodingError) -> Int {
    if isComplete {
      isComplete = false
      bytes.removeAll(keepingCapacity: true)
    }
    switch form {
    case .array: return try array(input)
    case .lines: return try line(input)
    }
  }

  /// The bytes are whole.
  ///
  /// - Returns: The last value, where nothing but the end of the bytes ends it.
  /// - Throws: `invalidArgument` where the sequence is not whole.
  public mutating func finish() throws(TranscodingError) -> [UInt8]? {
    switch form {
    case .array:
      // No bytes at all are a stream without values, as they are a message without fields.
      guard state == .end || (state == .begin && count == 0) else {
        throw refused("the array has no end")
      }
      return nil
    case .lines:
      if isComplete {
        isComplete = false
        bytes.removeAll()
      }
      guard hasText else { return nil }
      count += 1
      return bytes
    }
  }

  // MARK: Lines

  private mutating func line(_ input: UnsafeRawBufferPointer) throws(TranscodingError) -> Int {
    var start = 0
    while start < input.count {
      let rest = UnsafeRawBufferPointer(rebasing: input[start...])
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
      try append(UnsafeRawBufferPointer(rebasing: rest[..<(end ?? rest.count)]))
      guard let end else { return input.count }
      start += end + 1
      if hasText {
        complete()
        return start
      }
      bytes.removeAll(keepingCapacity: true)
    }
    return input.count
  }

  private var hasText: Bool { !bytes.allSatisfy(Self.isSpace) }

  // MARK: Arrays

  private mutating func array(_ input: UnsafeRawBufferPointer) throws(TranscodingError) -> Int {
    var start = 0
    var at = 0
    while at < input.count {
      let byte = input[at]
      switch state {
      case .begin, .first, .element, .separator, .end:
        if Self.isSpace(byte) {
          at += 1
          continue
        }
        try between(byte)
        // The first byte of a value is looked at once more, as part of it.
        if state == .plain { start = at } else { at += 1 }
        if state == .nested || state == .string { start = at - 1 }
      case .plain:
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "]"), 0x20, 0x09, 0x0A, 0x0D:
          try append(UnsafeRawBufferPointer(rebasing: input[start..<at]))
          complete()
          return at
        default: at += 1
        }
      case .nested:
        at += 1
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "\""): state = .string
        default: break
        }
        if depth == 0 { return try end(input, start, at) }
      case .string:
        at += 1
        if byte == UInt8(ascii: "\\") {
          state = .escape
        } else if byte == UInt8(ascii: "\"") {
          guard depth == 0 else {
            state = .nested
            continue
          }
          return try end(input, start, at)
        }
      case .escape:
        at += 1
        state = .string
      }
    }
    switch state {
    case .nested, .string, .escape, .plain:
      try append(UnsafeRawBufferPointer(rebasing: input[start...]))
    default: break
    }
    return input.count
  }

  /// A byte that is in no value.
  private mutating func between(_ byte: UInt8) throws(TranscodingError) {
    switch (state, byte) {
    case (.begin, UInt8(ascii: "[")): state = .first
    case (.begin, _): throw refused("a stream of messages is an array")
    case (.first, UInt8(ascii: "]")), (.separator, UInt8(ascii: "]")): state = .end
    case (.separator, UInt8(ascii: ",")): state = .element
    case (.separator, _): throw refused("a comma or the end of the array is missing")
    case (.end, _): throw refused("there is text behind the array")
    case (_, UInt8(ascii: ",")), (_, UInt8(ascii: "]")): throw refused("a value is missing")
    case (_, UInt8(ascii: "{")), (_, UInt8(ascii: "[")):
      state = .nested
      depth = 1
    case (_, UInt8(ascii: "\"")): state = .string
    default: state = .plain
    }
  }

  private mutating func end(
    _ input: UnsafeRawBufferPointer, _ start: Int, _ at: Int
  ) throws(TranscodingError) -> Int {
    try append(UnsafeRawBufferPointer(rebasing: input[start..<at]))
    complete()
    return at
  }

  // MARK: Values

  private mutating func complete() {
    if form == .array { state = .separator }
    depth = 0
    count += 1
    isComplete = true
  }

  private mutating func append(_ part: UnsafeRawBufferPointer) throws(TranscodingError) {
    guard bytes.count + part.count <= limit else {
      throw TranscodingError(
        kind: .tooLarge, message: "message \(count + 1) of the stream is too large")
    }
    bytes.append(contentsOf: part)
  }

  private func refused(_ reason: String) -> TranscodingError {
    let reason = "behind message \(count): \(reason)"
    return TranscodingError(
      kind: .invalidArgument, message: reason,
      violations: [FieldViolation(field: "", description: reason, reason: "MALFORMED_BODY")])
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
