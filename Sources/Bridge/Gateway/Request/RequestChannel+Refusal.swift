import RPC

extension RequestChannel {
  /// Tells who wants to know it of a call that does not come to its method.
  ///
  /// - Parameters:
  ///   - request: Nil where no head of one could be read.
  ///   - method: The method's path; empty where there is none.
  func tell(_ error: RPCError, _ request: IncomingRequest?, of method: String? = nil) {
    guard let refused = core.configuration.refused else { return }
    let headers = request?.headers
    refused(
      RefusedCall(
        method: method ?? request?.action.method ?? "", metadata: headers?.metadata ?? [:],
        peer: headers.map(caller) ?? peer, error: error))
  }

  /// The same of a failure, which is the request's answer.
  func refuse(_ failure: Failure, _ request: IncomingRequest, of method: String? = nil) {
    tell(RPCError(failure), request, of: method)
    answer(failure, request.traits)
  }

  /// Tells of a request whose caller went before all of it had come.
  func tellGone(_ request: IncomingRequest) { tell(.peerGone, request) }
}

extension IncomingRequest.Action {
  /// The path of the method that is asked for; empty where there is none.
  var method: String {
    switch self {
    case .call(let route, _), .webSocket(_, let route, _): route.method.path
    case .rpc(let call): call.method?.descriptor.path ?? ""
    case .options, .liveness, .readiness, .document, .fail: ""
    }
  }
}

extension RPCError {
  /// Nobody waits for the call any more.
  static let peerGone = RPCError(code: .cancelled, message: "the caller is gone")
}
