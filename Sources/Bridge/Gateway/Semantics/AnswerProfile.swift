import RPC
import Transcoding

/// What a method's contract says of its answers over HTTP, prepared at start.
struct AnswerProfile: Sendable {
  /// Where the `ETag` of an answer comes from.
  enum TagSource: Sendable {
    case nowhere
    case field(StringField)
    case hash
  }

  /// The status of a success.
  let successStatus: Int
  /// Where the resource of a 201 or 202 is.
  let location: LocationTemplate?
  /// `Cache-Control` of a success.
  let cacheControl: String?
  /// What is said of a method that is on its way out.
  let deprecation: String?
  /// HTTP statuses of errors by their reason.
  let statuses: [String: Int]
  let tags: TagSource
  /// A request without `If-Match` is refused.
  let requiresIfMatch: Bool
  /// The request has a field that `If-Match` fills.
  let usesIfMatch: Bool
  /// The method may make the resource of its path: not DELETE, and PATCH only where the contract has
  /// `allow_missing` (AIP-134).
  let mayCreate: Bool
  /// The cookie that a handler may set.
  let cookieName: String?
  /// The types that a request body may have; for 415.
  let bodyTypes: String

  /// - Throws: `GatewayError` for what a contract cannot mean.
  init(_ method: MethodSchema, _ binding: HTTPBinding) throws(GatewayError) {
    let rest = method.policy?.rest ?? .init()
    func refuse(_ reason: String) -> GatewayError {
      GatewayError(code: .badRoute, message: "\(method.path): \(reason)")
    }
    switch rest.successStatus {
    case 0: successStatus = 200
    case 200, 201, 202, 204: successStatus = Int(rest.successStatus)
    default: throw refuse("success_status \(rest.successStatus) is not 201, 202 or 204")
    }
    location =
      rest.location.isEmpty ? nil : try LocationTemplate(rest.location, of: method.output)
    guard rest.cacheControl.utf8.allSatisfy({ $0 >= 0x20 && $0 <= 0x7E }) else {
      throw refuse("cache_control cannot stand in a header")
    }
    cacheControl = rest.cacheControl.isEmpty ? nil : rest.cacheControl
    deprecation = try method.policy.flatMap { policy throws(GatewayError) in
      try DeprecationFields.lines(of: policy)
    }
    var statuses: [String: Int] = [:]
    for status in rest.errorStatuses {
      guard (400...599).contains(status.httpStatus) else {
        throw refuse("the status \(status.httpStatus) of \(status.reason) is not one of an error")
      }
      statuses[status.reason] = Int(status.httpStatus)
    }
    self.statuses = statuses
    switch rest.entityTag {
    case .unspecified:
      tags = StringField(named: "etag", in: method.output).map(TagSource.field) ?? .nowhere
    case .hash: tags = .hash
    case .none: tags = .nowhere
    case .UNRECOGNIZED(let number): throw refuse("entity_tag \(number) is not known")
    }
    guard rest.cookie.isEmpty || Cookie.isName(rest.cookie) else {
      throw refuse("cookie is not a cookie's name that begins with __Host-")
    }
    cookieName = rest.cookie.isEmpty ? nil : rest.cookie
    requiresIfMatch = rest.requireIfMatch
    let body = method.input.fields.first { $0.name == binding.body && !$0.isRepeated }
    usesIfMatch =
      StringField(named: "etag", in: method.input) != nil
      || body?.message.map { StringField(named: "etag", in: $0) != nil } ?? false
    mayCreate =
      switch binding.verb {
      case "DELETE": false
      case "PATCH": method.input.fields.contains { $0.name == "allow_missing" }
      default: true
      }
    bodyTypes = Self.bodyTypes(form: rest.form, acceptsForms: rest.acceptsForms)
  }

  private static func bodyTypes(form: Bool, acceptsForms: Bool) -> String {
    if form { return "application/x-www-form-urlencoded" }
    let json = "application/json, application/merge-patch+json"
    return acceptsForms ? "\(json), application/x-www-form-urlencoded, multipart/form-data" : json
  }

  /// The tag of a message.
  func tag(of message: MessageBytes, isRead: Bool) -> EntityTag? {
    switch tags {
    case .nowhere: nil
    // A value that is no entity tag, quotes included (AIP-154), could not come back as one.
    case .field(let field):
      message.withUnsafeBytes { field.value(in: $0) }.flatMap { EntityTag($0) }
    case .hash: isRead ? EntityTag(hashing: message) : nil
    }
  }
}
