/// A statement whose values are in wire form, in one block: made on the caller's thread, so that a
/// value which cannot be sent is refused before anything is queued.
struct EncodedStatement: Sendable {
  /// Where a value lies in `bytes`; a negative length is null.
  struct Span: Sendable {
    let offset: Int
    let length: Int
  }

  let sql: StaticString
  private(set) var types: [UInt32] = []
  private(set) var spans: [Span] = []
  private(set) var bytes: [UInt8] = []

  /// - Throws: `.invalidParameter` that names the parameter by number, never by value.
  init(_ statement: Statement) throws(PostgresError) {
    sql = statement.sql
    types.reserveCapacity(statement.parameters.count)
    spans.reserveCapacity(statement.parameters.count)
    for (index, parameter) in statement.parameters.enumerated() {
      types.append(parameter.type.rawValue)
      if case .null = parameter.value {
        spans.append(Span(offset: 0, length: -1))
        continue
      }
      let start = bytes.count
      do throws(Unsendable) {
        try append(parameter.value)
      } catch {
        throw PostgresError(
          code: .invalidParameter, diagnostic: "parameter \(index + 1) \(error.reason)")
      }
      spans.append(Span(offset: start, length: bytes.count - start))
    }
    // libpq counts in 32-bit integers, the server takes messages below 1 GiB.
    guard bytes.count < 1 << 29 else {
      throw PostgresError(code: .invalidParameter, diagnostic: "the parameters exceed 512 MiB")
    }
  }

  private struct Unsendable: Error {
    let reason: String
  }

  private mutating func append(_ value: Parameter.Value) throws(Unsendable) {
    switch value {
    case .null: break
    case .text(let text): try append(text: text)
    case .integer(let number): bytes.append(bigEndian: number)
    case .shortInteger(let number): bytes.append(bigEndian: number)
    case .double(let number): bytes.append(bigEndian: number.bitPattern)
    case .bool(let flag): bytes.append(flag ? 1 : 0)
    case .uuid(let text): try append(uuid: text)
    case .bytes(let block): bytes += block
    case .timestamp(let time):
      let (shifted, overflow) = time.microseconds
        .subtractingReportingOverflow(Timestamp.postgresEpoch)
      if overflow { throw Unsendable(reason: "is out of range") }
      bytes.append(bigEndian: shifted)
    case .json(let text):
      bytes.append(1)  // The version of jsonb's binary form.
      try append(text: text)
    case .texts(let elements):
      try append(array: elements, of: .text) { (encoded, element) throws(Unsendable) in
        try encoded.append(text: element)
      }
    case .uuids(let elements):
      try append(array: elements, of: .uuid) { (encoded, element) throws(Unsendable) in
        try encoded.append(uuid: element)
      }
    case .integers(let elements):
      try append(array: elements, of: .int8) { (encoded, element) throws(Unsendable) in
        encoded.bytes.append(bigEndian: element)
      }
    }
  }

  private mutating func append(text: String) throws(Unsendable) {
    let start = bytes.count
    bytes += text.utf8
    if bytes[start...].contains(0) { throw Unsendable(reason: "contains NUL") }
  }

  private mutating func append(uuid: String) throws(Unsendable) {
    guard let value = UUIDText.bytes(uuid) else { throw Unsendable(reason: "is not a UUID") }
    bytes += value
  }

  /// The binary form of a one-dimensional array without nulls (`array_recv`).
  private mutating func append<Element>(
    array: [Element], of type: TypeOID,
    _ each: (inout EncodedStatement, Element) throws(Unsendable) -> Void
  ) throws(Unsendable) {
    bytes.append(bigEndian: Int32(array.isEmpty ? 0 : 1))
    bytes.append(bigEndian: Int32(0))
    bytes.append(bigEndian: type.rawValue)
    guard !array.isEmpty else { return }
    bytes.append(bigEndian: Int32(array.count))
    bytes.append(bigEndian: Int32(1))
    for element in array {
      let header = bytes.count
      bytes.append(bigEndian: Int32(0))
      try each(&self, element)
      let length = Int32(bytes.count - header - 4).bigEndian
      withUnsafeBytes(of: length) { bytes.replaceSubrange(header..<header + 4, with: $0) }
    }
  }
}

extension [UInt8] {
  mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }
}
