extension RequestChannel {
  /// Answers with a document, or with 304 to who has it.
  func answer(_ document: StaticDocument, _ traits: AnswerTraits) {
    let persistence = persistence(traits)
    var head = ResponseHead(body: .none, connection: persistence)
    head.ownContentType = document.contentType
    head.contentPolicy = document.contentPolicy
    // Asked for anew each time, and seldom sent anew.
    head.cacheControl = "no-cache"
    head.entityTag = document.entityTag
    head.cors = traits.plan.cors
    head.variesByCoding = document.compressed != nil
    do throws(Failure) {
      try traits.plan.evaluate(&head)
    } catch {
      return answer(error, traits)
    }
    var body: [UInt8] = []
    if head.httpCode == 200 {
      body = document.body
      if traits.takesGzip, let compressed = document.compressed {
        head.isCompressed = true
        body = compressed
      }
      head.body = .length(body.count)
    }
    if traits.isHead { write(head, isLast: true) } else { write(head, body: body) }
    answered(persistence, lingering: false)
  }
}
