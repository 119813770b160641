import NIOCore
import RPC
import Transcoding

/// Makes messages of a `multipart/form-data` body while it arrives: a file after the other.
///
/// The first message of each file has what the path, the query and the form's fields before it say,
/// the file's media type and its first piece; those behind it have a piece each. A body without a
/// file is one message.
final class MultipartFraming: UploadFraming {
  /// The most bytes of the form's fields together: they are kept.
  private static let fieldsLimit = 64 << 10
  /// How much is read at a time: every file in it has a message with all fields.
  private static let step = 16 << 10
  private static let smallStep = 2 << 10

  private let place: HTTPBodyPlace
  private let bind: (Substring) throws(TranscodingError) -> [UInt8]
  private let query: Substring
  private var reader: MultipartReader
  private var ready = CircularBuffer<MessageBytes>()
  /// The fields so far, as the query has them.
  private var fields = "" {
    didSet { bound = nil }
  }
  /// The message that they, the path and the query make; nil where they have changed.
  private var bound: [UInt8]?
  /// The value of the field that is coming; nil in a file.
  private var value: [UInt8]?
  private var name = ""
  /// What the first message of the file that is coming begins with; nil behind it.
  private var first: (fields: [UInt8], contentType: String)?
  private var hasFile = false
  private var isOver = false

  /// How many messages are made and not taken.
  var readyCount: Int { ready.count }

  /// - Parameters:
  ///   - bind: Makes a message of what the path and a query say.
  ///   - query: The URL's query.
  init(
    _ place: HTTPBodyPlace, boundary: String, partLimit: Int, query: Substring,
    _ bind: @escaping (Substring) throws(TranscodingError) -> [UInt8]
  ) throws(Failure) {
    self.place = place
    self.query = query
    self.bind = bind
    do throws(TranscodingError) {
      reader = try MultipartReader(
        boundary: boundary, limits: MultipartLimits(partBytes: partLimit))
    } catch {
      throw Failure(error)
    }
  }

  func next(
    _ waiting: inout CircularBuffer<ByteBuffer>, isLast: Bool
  ) throws(Failure) -> MessageBytes? {
    do throws(TranscodingError) {
      while ready.isEmpty, var buffer = waiting.popFirst() {
        let step = query.utf8.count + fields.utf8.count < 1 << 10 ? Self.step : Self.smallStep
        guard let piece = buffer.readSlice(length: min(step, buffer.readableBytes)) else { break }
        if buffer.readableBytes > 0 { waiting.prepend(buffer) }
        try feed(piece)
      }
      if ready.isEmpty, isLast, !isOver {
        isOver = true
        try reader.finish()
        if !hasFile { emit(try beginning(), "", []) }
      }
    } catch {
      throw Failure(error)
    }
    return ready.popFirst()
  }

  private func feed(_ buffer: ByteBuffer) throws(TranscodingError) {
    var failure: TranscodingError?
    // The closure of a buffer throws anything or nothing: the one error goes around it.
    buffer.withUnsafeReadableBytes { bytes in
      do throws(TranscodingError) {
        try reader.feed(bytes) { event throws(TranscodingError) in try take(event) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func take(_ event: MultipartEvent) throws(TranscodingError) {
    switch event {
    case .part(let part):
      name = part.name
      guard part.isFile else {
        value = []
        return
      }
      hasFile = true
      value = nil
      // RFC 7578 section 4.4: a part without a type is plain text.
      first = (try beginning(), part.contentType ?? "text/plain")
    case .data(let bytes):
      guard value == nil else {
        value?.append(contentsOf: bytes)
        guard fields.utf8.count + (value?.count ?? 0) <= Self.fieldsLimit else {
          throw TranscodingError(
            kind: .tooLarge, message: "the form's fields are too large", violations: [])
        }
        return
      }
      emit(first?.fields ?? [], first?.contentType ?? "", [bytes])
    case .end:
      if let value {
        if !fields.isEmpty { fields += "&" }
        fields += "\(Self.escaped(Array(name.utf8)))=\(Self.escaped(value))"
      } else if first != nil {
        emit(first?.fields ?? [], first?.contentType ?? "", [])
      }
      value = nil
    }
  }

  private func emit(_ fields: [UInt8], _ type: String, _ data: [UnsafeRawBufferPointer]) {
    ready.append(place.message(fields, contentType: type, data: data))
    first = nil
  }

  /// What the path, the query and the fields so far say.
  private func beginning() throws(TranscodingError) -> [UInt8] {
    if let bound { return bound }
    let joined = query.isEmpty || fields.isEmpty ? "\(query)\(fields)" : "\(query)&\(fields)"
    let message = try bind(joined[...])
    bound = message
    return message
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: text.append(byte)
      default:
        text.append(0x25)
        for digit in [byte >> 4, byte & 15] {
          text.append(digit < 10 ? 0x30 + digit : 0x37 + digit)
        }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The parameter of `multipart/form-data` that ends its parts (RFC 2046 section 5.1.1).
enum MultipartBoundary {
  /// Nil where the type is another one, or has no boundary.
  static func read(_ contentType: String) -> String? {
    var found: String?
    var rest = contentType[...]
    guard let semicolon = rest.firstIndex(of: ";"),
      rest[..<semicolon].trimmingSpacesAndTabs.lowercased() == "multipart/form-data"
    else { return nil }
    rest = rest[semicolon...]
    while rest.popFirst() == ";" {
      let name = rest.prefix { $0 != "=" && $0 != ";" }
      rest = rest.dropFirst(name.count)
      guard rest.first == "=" else { continue }
      rest.removeFirst()
      let value: String
      if rest.first == "\"" {
        rest.removeFirst()
        let quoted = rest.prefix { $0 != "\"" }
        value = String(quoted)
        rest = rest.dropFirst(quoted.count + 1)
        rest = rest.drop { $0 != ";" }
      } else {
        let token = rest.prefix { $0 != ";" }
        value = String(token.trimmingSpacesAndTabs)
        rest = rest.dropFirst(token.count)
      }
      guard name.trimmingSpacesAndTabs.lowercased() == "boundary" else { continue }
      // Of two each reader would take another one.
      guard found == nil else { return nil }
      found = value
    }
    return found
  }
}
