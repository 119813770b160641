import GeneratedOptions
import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// Looks for what a method's `RestProfile` cannot mean, or what contradicts the method.
struct RestCheck {
  let method: MethodDescriptor
  let policy: Artel_Options_V1_MethodPolicy

  private var rest: Artel_Options_V1_RestProfile { policy.rest }

  /// What is wrong, one sentence for each.
  var problems: [String] {
    guard rest != Artel_Options_V1_RestProfile() else { return [] }
    do {
      let bindings = try HTTPBinding.all(of: method)
      guard rest.form || !bindings.isEmpty else {
        return ["rest needs google.api.http: what it says belongs to a path"]
      }
      return requests(bindings) + successes + caching + errors
    } catch {
      return ["google.api.http cannot be read: \(error)"]
    }
  }

  private func requests(_ bindings: [HTTPBinding]) -> [String] {
    var problems: [String] = []
    if rest.form,
      bindings.isEmpty || !bindings.allSatisfy({ $0.verb == .post && $0.body == "*" })
    {
      problems.append("rest.form needs google.api.http with POST and the body \"*\" alone")
    }
    if rest.form, rest.acceptsForms {
      problems.append("rest.form takes nothing but forms: accepts_forms says nothing more")
    }
    let takesBody = bindings.contains { !$0.body.isEmpty }
    let bodied: [(name: String, isSet: Bool)] = [
      ("accepts_forms", rest.acceptsForms), ("raw_body", rest.rawBody),
      ("max_body_bytes", rest.maxBodyBytes != 0), ("max_part_bytes", rest.maxPartBytes != 0),
    ]
    for option in bodied where option.isSet && !takesBody {
      problems.append("rest.\(option.name) needs a path with a body")
    }
    if rest.maxBodyBytes < 0 { problems.append("rest.max_body_bytes is negative") }
    if rest.maxPartBytes < 0 { problems.append("rest.max_part_bytes is negative") }
    if rest.maxPartBytes > 0, !rest.acceptsForms {
      problems.append("rest.max_part_bytes needs accepts_forms: there are no parts")
    }
    if rest.maxPartBytes > 0, rest.maxBodyBytes > 0, rest.maxPartBytes > rest.maxBodyBytes {
      problems.append("rest.max_part_bytes is more than max_body_bytes")
    }
    if rest.rawBody, method.clientStreaming {
      problems.append("rest.raw_body keeps the body whole, a stream of requests does not")
    }
    return problems
  }

  private var successes: [String] {
    var problems: [String] = []
    if ![0, 201, 202, 204].contains(rest.successStatus) {
      problems.append("rest.success_status \(rest.successStatus) is not 201, 202 or 204")
    }
    if method.serverStreaming {
      if rest.successStatus != 0 || !rest.location.isEmpty || rest.entityTag != .unspecified {
        problems.append(
          "rest.success_status, location and entity_tag are of one answer, not of a stream")
      }
      return problems
    }
    guard !rest.location.isEmpty else { return problems }
    if ![201, 202].contains(rest.successStatus) {
      problems.append("rest.location needs success_status 201 or 202")
    }
    return problems + locationProblems
  }

  private var locationProblems: [String] {
    let text = rest.location
    guard text.hasPrefix("/"), !text.hasPrefix("//") else {
      return ["rest.location \"\(text)\" is not a path"]
    }
    var problems: [String] = []
    var literals = ""
    var remaining = text[...]
    while let open = remaining.firstIndex(of: "{") {
      literals += remaining[..<open]
      guard let close = remaining[open...].firstIndex(of: "}") else {
        return ["rest.location \"\(text)\" has a brace without an end"]
      }
      let name = String(remaining[remaining.index(after: open)..<close])
      let field = method.outputType.fields.first { $0.name == name }
      if field?.type != .string || field?.isRepeated == true {
        problems.append(
          "rest.location names \"\(name)\", which is no string field of "
            + method.outputType.fullName)
      }
      remaining = remaining[remaining.index(after: close)...]
    }
    literals += remaining
    if !literals.utf8.allSatisfy(Self.isPath) {
      problems.append("rest.location \"\(text)\" has a character that a path cannot have")
    }
    return problems
  }

  /// RFC 3986 section 3.3.
  private static func isPath(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x21, 0x24, 0x25, 0x26...0x2F, 0x3A, 0x3B, 0x3D, 0x40, 0x5F, 0x7E: true
    default: false
    }
  }

  private var caching: [String] {
    var problems: [String] = []
    if !rest.cacheControl.utf8.allSatisfy({ $0 >= 0x20 && $0 <= 0x7E }) {
      problems.append("rest.cache_control has a character that a header cannot have")
    }
    if !rest.cacheControl.isEmpty, policy.idempotency != .readOnly {
      problems.append("rest.cache_control needs IDEMPOTENCY_READ_ONLY: caches answer again")
    }
    let directives = rest.cacheControl.split(separator: ",").map {
      String($0.drop { $0 == " " }.prefix { $0 != " " && $0 != "=" }).lowercased()
    }
    if directives.contains(where: { $0 == "public" || $0 == "s-maxage" }), !policy.access.public {
      problems.append(
        "rest.cache_control lets caches that many share keep an answer that not everyone may have")
    }
    if case .UNRECOGNIZED(let number) = rest.entityTag {
      problems.append("rest.entity_tag \(number) is not known")
    }
    if rest.entityTag == .hash, policy.idempotency != .readOnly {
      problems.append("ENTITY_TAG_HASH needs IDEMPOTENCY_READ_ONLY: the call is made all the same")
    }
    if rest.requireIfMatch {
      if policy.idempotency == .readOnly {
        problems.append("rest.require_if_match contradicts IDEMPOTENCY_READ_ONLY")
      }
      if !method.hasEntityTag {
        problems.append(
          "rest.require_if_match needs a string field etag in \(method.inputType.fullName), or in "
            + "the message that is the body")
      }
    }
    return problems
  }

  private var errors: [String] {
    var problems: [String] = []
    var seen: Set<String> = []
    for status in rest.errorStatuses {
      if status.reason.isEmpty { problems.append("rest.error_statuses has one without a reason") }
      if !seen.insert(status.reason).inserted {
        problems.append("rest.error_statuses has the reason \"\(status.reason)\" twice")
      }
      if !(400...599).contains(status.httpStatus) {
        problems.append(
          "rest.error_statuses: \(status.httpStatus) of \"\(status.reason)\" is not from 400 to 599"
        )
      }
    }
    return problems
  }
}

extension MethodDescriptor {
  /// Whether `If-Match` has a field to fill: of the request, or of a message in it.
  fileprivate var hasEntityTag: Bool {
    func has(_ message: Descriptor) -> Bool {
      message.fields.contains { $0.name == "etag" && $0.type == .string && !$0.isRepeated }
    }
    return has(inputType)
      || inputType.fields.contains { field in
        !field.isRepeated && (field.messageType.map(has) ?? false)
      }
  }
}
