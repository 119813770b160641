import NIOCore
import RPC

extension RequestChannel {
  /// Answers with a failure.
  func answer(_ failure: Failure, _ traits: AnswerTraits, lingering: Bool = false) {
    let persistence = write(failure, traits)
    answered(persistence, lingering: lingering)
  }

  /// Writes the answer of a failure without a flush; returns how the connection goes on.
  func write(_ failure: Failure, _ traits: AnswerTraits) -> ResponseHead.Persistence {
    let failure = traits.plan.refine(failure)
    return write(ResponseHead(failure, traits), json(failure, traits), traits)
  }

  /// Answers with a head and a body, and goes on.
  func answer(
    _ head: ResponseHead, _ body: [UInt8], _ traits: AnswerTraits, lingering: Bool = false
  ) {
    let persistence = write(head, body, traits)
    answered(persistence, lingering: lingering)
  }

  /// Writes a whole answer without a flush; returns how the connection goes on.
  func write(
    _ head: ResponseHead, _ body: [UInt8], _ traits: AnswerTraits
  ) -> ResponseHead.Persistence {
    var head = head
    let persistence = persistence(traits)
    head.connection = persistence
    head.cors = traits.plan.cors
    if traits.isPrivate || traits.hasOAuthErrors { head.isPrivate = true }
    head.hasPragma = traits.hasOAuthErrors
    if case .length = head.body {
      head.variesByCoding = body.count >= Self.leastCompressed && traits.mayCompress(head)
      if head.variesByCoding, traits.takesGzip, loop.compress(body) {
        head.isCompressed = true
        head.body = .length(loop.compressed.count)
      } else {
        head.body = .length(body.count)
      }
    } else if head.httpCode == 304 {
      // What a 200 would have said (RFC 9110 section 15.4.5), as far as it is known without a body.
      head.variesByCoding = traits.mayCompress(head)
    }
    if traits.isHead {
      write(head, isLast: true)
    } else {
      write(head, body: head.isCompressed ? loop.compressed : body)
    }
    return persistence
  }

  /// A shorter body goes into one packet with its head, whatever its coding.
  private static var leastCompressed: Int { 1 << 10 }

  /// The body of a failure that is refined: AIP-193's, or RFC 6749's.
  func json(_ failure: Failure, _ traits: AnswerTraits) -> [UInt8] {
    traits.hasOAuthErrors
      ? OAuthError.json(failure)
      : (snapshot ?? loop.snapshot).statusPrinter.json(
        httpCode: failure.httpCode, statusName: failure.status.name, message: failure.message,
        statusDetails: failure.statusDetails)
  }
}

extension ResponseHead {
  /// The head of a failure's answer.
  init(_ failure: Failure, _ traits: AnswerTraits) {
    self.init(body: .length(0), connection: .keep)
    httpCode = failure.httpCode
    isPrivate = true
    metadata = failure.metadata
    deprecation = traits.plan.profile?.deprecation
    allow = failure.allow
    asksForWebSocket = failure.asksForWebSocket
    passesMetadata = traits.plan.passesMetadata
    retryAfter = failure.retryAfter
    listsCodings = failure.listsCodings
    accepts = failure.accepts
    acceptsPost = failure.isOfCall
    contentLanguage = failure.contentLanguage
    variesByLanguage = failure.variesByLanguage
    if failure.httpCode == 401 { challenge = traits.hasOAuthErrors ? "Basic" : "Bearer" }
  }
}
