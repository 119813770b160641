import RPC
import Transcoding

/// What the answer of one request depends on besides the handler: its conditions, its page, its
/// reader's languages, and what the contract says.
struct AnswerPlan {
  /// Nil until a route is found.
  var profile: AnswerProfile?
  /// GET or HEAD.
  var isRead = true
  /// Errors are RFC 6749's.
  var hasOAuthErrors = false
  /// Metadata becomes headers whatever its keys.
  var passesMetadata = false
  private var ifMatch: String?
  private var ifNoneMatch: String?
  private var acceptLanguage: String?
  private(set) var cors = CORSAnswer()
  /// What a lenient method has passed over.
  var ignored: String?

  init() {}

  init(_ headers: RequestHeaders, _ method: RequestHead.Method, _ core: GatewayCore) {
    isRead = method == .GET || method == .HEAD
    ifMatch = headers.ifMatch
    ifNoneMatch = headers.ifNoneMatch
    acceptLanguage = headers.acceptLanguage
    cors = CORSAnswer(core.cors, headers, isOptions: method == .OPTIONS)
    passesMetadata = core.configuration.headers == .all
  }

  // MARK: Before the call

  /// What `If-Match` asks of the method, for the field that it fills: one strong tag or `*`; nil where
  /// it asks for nothing, or the method has no such field.
  ///
  /// - Throws: `Failure` where no state can match, or the header must be there and is not.
  func demand() throws(Failure) -> String? {
    guard let profile, !isRead else { return nil }
    try checkAbsence(profile)
    guard let ifMatch else {
      guard !profile.requiresIfMatch else { throw .preconditionRequired }
      return nil
    }
    guard profile.usesIfMatch || profile.requiresIfMatch else { return nil }
    if Self.isAny(ifMatch) { return "*" }
    guard let tags = EntityTag.list(ifMatch) else {
      throw .header("If-Match", "must be * or entity tags in quotes (RFC 9110 section 13.1.1)")
    }
    let strong = tags.filter { !$0.isWeak }
    guard let tag = strong.first else { throw .preconditionFailed }
    guard strong.count == 1 else {
      throw .header("If-Match", "must have one entity tag: a request has one field for it")
    }
    return tag.withoutCoding.text
  }

  /// `If-None-Match` of a request that writes (RFC 9110 section 13.1.2): `*` wants the resource not to
  /// be there, which the method tells by ALREADY_EXISTS. No field of a message can say more, and a
  /// condition that nobody looks at must not seem to hold.
  private func checkAbsence(_ profile: AnswerProfile) throws(Failure) {
    guard let ifNoneMatch else { return }
    guard Self.isAny(ifNoneMatch) else {
      throw .header("If-None-Match", "must be * where the method is neither GET nor HEAD")
    }
    guard profile.mayCreate else { throw .preconditionFailed }
  }

  private static func isAny(_ value: String) -> Bool { value[...].trimmingSpacesAndTabs == "*" }

  // MARK: Successes

  /// The head of a success. Where its body is `none`, there is nothing to print.
  ///
  /// - Throws: `Failure` with 412 where the answer is not of the state that `If-Match` names.
  func success(_ reply: UnaryReply) throws(Failure) -> ResponseHead {
    var head = ResponseHead(body: .length(0), connection: .keep)
    begin(&head, reply.initialMetadata)
    if passesMetadata { head.trailingMetadata = reply.trailingMetadata }
    guard let profile else { return head }
    let reserved = ReservedMetadata(reply.initialMetadata, reply.trailingMetadata)
    head.httpCode = reserved.status ?? profile.successStatus
    // To see another nowhere is no answer.
    if head.httpCode == 303, reserved.location == nil { head.httpCode = profile.successStatus }
    head.disposition = reserved.disposition
    if let name = profile.cookieName {
      // What it says depends on who the cookie says is there.
      head.isPrivate = true
      if let cookie = reserved.cookie { head.fields.append(("set-cookie", cookie.field(name))) }
    }
    head.entityTag =
      reserved.entityTag ?? profile.tag(of: reply.message, isRead: isRead)
    try evaluate(&head)
    switch head.httpCode {
    case 304:
      head.disposition = nil
      return head
    case 201, 202:
      head.location = reserved.location ?? profile.location?.path(reply.message)
    default: head.location = reserved.location
    }
    if head.httpCode == 204 { head.body = .none }
    return head
  }

  /// What successes and streams have in common.
  func begin(_ head: inout ResponseHead, _ metadata: Metadata) {
    head.metadata = metadata
    head.passesMetadata = passesMetadata
    head.cacheControl = profile?.cacheControl
    head.deprecation = profile?.deprecation
    head.ignoredFields = ignored
  }

  /// The head of a stream, of whose messages none is known.
  func stream(_ head: inout ResponseHead, _ metadata: Metadata) {
    begin(&head, metadata)
    let reserved = ReservedMetadata(metadata)
    head.disposition = reserved.disposition
    head.location = reserved.location
    head.entityTag = reserved.entityTag
    head.cors = cors
  }

  /// Conditions of a request that reads (RFC 9110 section 13.2.2). Those of one that writes are the
  /// method's: only it knows the state before.
  func evaluate(_ head: inout ResponseHead) throws(Failure) {
    guard isRead, ifMatch != nil || ifNoneMatch != nil, head.httpCode == 200 else { return }
    if let ifMatch, let tag = head.entityTag, !Self.isAny(ifMatch) {
      guard let tags = EntityTag.list(ifMatch),
        tags.contains(where: { $0.withoutCoding.isStrongly(tag) })
      else { throw .preconditionFailed }
    }
    guard let ifNoneMatch else { return }
    if Self.isAny(ifNoneMatch) {
      head.httpCode = 304
      head.body = .none
    } else if let tag = head.entityTag,
      let known = EntityTag.list(ifNoneMatch)?.first(where: { $0.withoutCoding.matches(tag) })
    {
      head.httpCode = 304
      head.body = .none
      // The tag of what the caller has.
      if known.isOfCompressed { head.entityTag = tag.compressed }
    }
  }

  // MARK: Failures

  /// A failure as this caller has to see it: its HTTP status, and its details in the caller's
  /// language.
  func refine(_ failure: Failure) -> Failure {
    var failure = failure
    var details = ErrorDetails(failure.statusDetails)
    if failure.isCall {
      failure.httpCode = StatusTable.httpCode(
        failure.status, reason: details.reason, statuses: profile?.statuses ?? [:],
        ifMatch: demanded, wantsAbsence: !isRead && ifNoneMatch != nil)
    }
    if failure.metadata.first("retry-after") == nil { failure.retryAfter = details.retrySeconds }
    guard !hasOAuthErrors else { return failure }
    // Every error of this door has a reason that a program can read (AIP-193).
    if !failure.isCall, let reason = StatusTable.reason(of: failure.httpCode) {
      details.add(reason: reason, of: failure)
    }
    failure.variesByLanguage = true
    if let acceptLanguage {
      failure.contentLanguage = details.localize(
        Language.best(of: acceptLanguage), status: failure.status)
    }
    if let bytes = details.changed { failure.statusDetails = bytes }
    return failure
  }

  /// What was asked of the method.
  private var demanded: String? {
    guard let profile, profile.usesIfMatch, !isRead, let ifMatch else { return nil }
    return Self.isAny(ifMatch) ? "*" : ifMatch
  }
}
