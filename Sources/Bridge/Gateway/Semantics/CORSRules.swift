import NIOCore

/// What the door says to browsers about pages of other origins, written once at start.
final class CORSRules: Sendable {
  private let origins: Set<String>?
  private let allowsCredentials: Bool
  private let exposed: String
  private let allowed: String
  private let maxAge: Int

  /// - Throws: `GatewayError` with `.badOrigin` for a header that has no such name.
  init(_ cors: CORS) throws(GatewayError) {
    for name in cors.allowedHeaders + cors.exposedHeaders {
      guard !name.isEmpty, name.utf8.allSatisfy(\.isToken) else {
        throw GatewayError(code: .badOrigin, message: "'\(name)' is no name of a header")
      }
    }
    origins = cors.origins
    allowsCredentials = cors.allowsCredentials
    exposed = cors.exposedHeaders.joined(separator: ", ")
    allowed = cors.allowedHeaders.joined(separator: ", ")
    maxAge = max(0, Int(cors.maxAge.components.seconds))
  }

  /// Whether the answer depends on who asks, so that no cache gives one's to another.
  var varies: Bool { origins != nil }

  /// Whether a page of an origin may read answers. The origin of a page that has none, `null`, is
  /// anybody's.
  func admits(_ origin: String) -> Bool { origins?.contains(origin) ?? true }

  fileprivate func write(_ origin: String, preflight: [String]?, to buffer: inout ByteBuffer) {
    buffer.writeStaticString("access-control-allow-origin: ")
    buffer.writeString(origins == nil ? "*" : origin)
    buffer.writeStaticString("\r\n")
    if allowsCredentials {
      buffer.writeStaticString("access-control-allow-credentials: true\r\n")
    }
    guard let methods = preflight else {
      guard !exposed.isEmpty else { return }
      buffer.writeStaticString("access-control-expose-headers: ")
      buffer.writeString(exposed)
      buffer.writeStaticString("\r\n")
      return
    }
    buffer.writeStaticString("access-control-allow-methods: ")
    buffer.writeString(methods.filter { $0 != "OPTIONS" }.joined(separator: ", "))
    buffer.writeStaticString("\r\n")
    if !allowed.isEmpty {
      buffer.writeStaticString("access-control-allow-headers: ")
      buffer.writeString(allowed)
      buffer.writeStaticString("\r\n")
    }
    buffer.writeStaticString("access-control-max-age: ")
    buffer.writeDecimal(maxAge)
    buffer.writeStaticString("\r\n")
  }
}

/// What one answer says of the page that asked.
struct CORSAnswer {
  /// Nil where the door says nothing to browsers.
  private(set) var rules: CORSRules?
  /// The origin of a page that may read the answer.
  private var origin: String?
  /// The browser only asks what it may ask.
  private(set) var isPreflight = false

  init() {}

  init(_ rules: CORSRules?, _ headers: RequestHeaders, isOptions: Bool) {
    guard let rules else { return }
    self.rules = rules
    if let origin = headers.origin, rules.admits(origin) { self.origin = origin }
    isPreflight = isOptions && headers.origin != nil && headers.asksForMethod
  }

  var varies: Bool { rules?.varies ?? false }

  /// - Parameter allow: The methods of the path.
  func write(allow: [String], to buffer: inout ByteBuffer) {
    guard let rules, let origin else { return }
    rules.write(origin, preflight: isPreflight && !allow.isEmpty ? allow : nil, to: &buffer)
  }
}
