import RPC

extension RequestChannel {
  /// Tells who wants to know it of a call that does not come to its method.
  ///
  /// - Parameter method: the method's path; empty where there is none.
  func tell(_ error: RPCError, _ request: IncomingRequest, of method: String = "") {
    guard let refused = core.configuration.refused else { return }
    refused(
      RefusedCall(
        method: method, metadata: request.headers?.metadata ?? [:],
        peer: request.headers.map(caller) ?? peer, error: error))
  }

  /// The same of a failure, which is the request's answer.
  func refuse(_ failure: Failure, _ request: IncomingRequest, of method: String = "") {
    tell(RPCError(failure), request, of: method)
    answer(failure, request.traits)
  }
}
