import NIOCore
import RPC

extension Connection {
  /// Answers with a failure.
  func answer(_ failure: Failure, _ traits: AnswerTraits, lingering: Bool = false) {
    answer(
      ResponseHead(failure, traits), json(failure, traits), traits, lingering: lingering)
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
    if traits.isPrivate || traits.hasOAuthErrors { head.isPrivate = true }
    head.hasPragma = traits.hasOAuthErrors
    if case .length = head.body { head.body = .length(body.count) }
    buffer.clear(minimumCapacity: 256 + body.count)
    head.write(to: &buffer, date: loop.date.current())
    if !traits.isHead { buffer.writeBytes(body) }
    write()
    return persistence
  }

  /// The body of a failure: AIP-193's, or RFC 6749's.
  func json(_ failure: Failure, _ traits: AnswerTraits) -> [UInt8] {
    traits.hasOAuthErrors
      ? OAuthError.json(failure)
      : core.statusPrinter.json(
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
    allow = failure.allow
    if failure.httpCode == 401 { challenge = traits.hasOAuthErrors ? "Basic" : "Bearer" }
  }
}
