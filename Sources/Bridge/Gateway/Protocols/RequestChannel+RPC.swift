import RPC

extension RequestChannel {
  /// Begins a call in gRPC, gRPC-Web or Connect.
  func serve(_ call: RPCRequest, _ request: IncomingRequest) {
    let answer: RPCAnswer
    do throws(Failure) {
      answer = try RPCAnswer(self, call, request.traits)
    } catch {
      return refuse(error, request)
    }
    guard call.failure == nil, let method = call.method, let headers = request.headers else {
      tell(
        call.failure ?? RPCError(code: .unimplemented, message: "there is no such method"), request)
      let persistence = answer.end(call.failure, [:])
      return exchangeEnded(persistence)
    }
    if let failure = headers.failure {
      tell(RPCError(failure), request)
      return exchangeEnded(answer.end(RPCError(failure), [:]))
    }
    let deadline = call.deadline(headers.timeout, core.configuration)
    // Nobody waits for it: the handler would only now and then be quick enough.
    if let deadline, deadline <= .now {
      tell(Failure.deadline, request)
      return exchangeEnded(answer.end(Failure.deadline, [:]))
    }
    let reader = MessageReader(call, limit: method.messageLimit(core.configuration))
    let exchange = RPCExchange(
      self, call, method, answer, deadline: deadline, upload: Upload(reader, request.intake))
    self.exchange = exchange
    exchange.start(headers.metadata, from: caller(headers), beganTrace: headers.beganTrace)
  }
}
