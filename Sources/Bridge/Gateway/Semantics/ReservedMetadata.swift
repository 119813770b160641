import RPC

/// What a handler says to this door in the metadata of its reply, beside what every HTTP client
/// understands. Callers cannot send these keys, and no answer has them.
struct ReservedMetadata {
  /// The status of a success: one of `statuses`, where 303 needs a `location`.
  static let statusKey = "artel-http-status"
  /// The file's name that an answer is saved as, in UTF-8.
  static let filenameKey = "artel-filename-bin"
  /// The request's `Host`, for a handler whose contract asks for it.
  static let hostKey = "artel-host"
  /// The request's cookie, for a handler whose contract names one.
  static let cookieKey = "artel-cookie"
  /// The cookie's new value, a semicolon and for how many seconds; 0 takes it away.
  static let setCookieKey = "artel-set-cookie"
  /// The statuses that a handler may choose. Others would say something of the body, the connection
  /// or another resource that is not so.
  static let statuses: Set<Int> = [200, 201, 202, 203, 204, 303]

  private(set) var status: Int?
  private(set) var location: String?
  private(set) var disposition: String?
  private(set) var entityTag: EntityTag?
  private(set) var cookie: Cookie?

  /// Reads initial and trailing metadata; of a key's values the last counts.
  init(_ metadata: Metadata...) {
    for metadata in metadata where !metadata.isEmpty {
      for (key, value) in metadata { take(key, value) }
    }
  }

  private mutating func take(_ key: String, _ value: Metadata.Value) {
    switch (key, value) {
    case (Self.statusKey, .string(let text)):
      if let code = Int(text), Self.statuses.contains(code) { status = code }
    case ("location", .string(let text)) where Self.isReference(text): location = text
    case ("content-disposition", .string(let text)) where !text.isEmpty && Self.isText(text):
      disposition = text
    case (Self.filenameKey, .binary(let bytes)):
      if let name = String(validating: bytes, as: UTF8.self) {
        disposition = ContentDisposition.attachment(name) ?? disposition
      }
    case (Self.setCookieKey, .string(let text)): cookie = Cookie(text) ?? cookie
    case ("etag", .string(let text)): entityTag = EntityTag(text) ?? entityTag
    default: break
    }
  }

  /// Whether a key is this door's own: neither a caller nor an answer has it.
  static func isReserved(_ key: String) -> Bool { key.hasPrefix("artel-") }

  private static func isText(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 <= 0x7E }
  }

  /// Whether a text can be a URI reference: none has a space.
  private static func isReference(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 <= 0x7E }
  }
}
