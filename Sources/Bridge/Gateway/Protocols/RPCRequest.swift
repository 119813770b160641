import RPC

/// One call in gRPC, gRPC-Web or Connect, as its head says it.
final class RPCRequest {
  let dialect: RPCDialect
  /// Nil for a path that no method has.
  let method: ServedMethod?
  /// The message of a GET.
  let message: [UInt8]?
  /// Messages may come in gzip.
  private(set) var sendsGzip = false
  /// Messages may go in gzip.
  private(set) var takesGzip = false
  /// What Connect calls the caller's patience.
  private(set) var timeout: Duration?
  /// Why the call fails before it begins.
  private(set) var failure: RPCError?

  init(
    _ dialect: RPCDialect, _ method: ServedMethod?, _ head: RequestHead, message: [UInt8]? = nil,
    coding: String? = nil, failure: RPCError? = nil
  ) {
    self.dialect = dialect
    self.method = method
    self.message = message
    self.failure = failure
    let fields = dialect.codingFields
    var sent = coding
    for (name, value) in head.headers {
      switch name {
      case fields.sent where coding == nil: sent = value
      case fields.accepted: takesGzip = takesGzip || ContentCoding.prefersGzip(value)
      case "connect-protocol-version" where dialect.isConnect:
        if value != "1" { fail(.invalidArgument, "connect-protocol-version must be 1") }
      case "connect-timeout-ms" where dialect.isConnect: take(timeout: value)
      default: break
      }
    }
    switch sent {
    case nil, "identity", "": break
    case "gzip": sendsGzip = true
    default: fail(.unimplemented, "messages are gzip or identity, not \(sent ?? "")")
    }
    if method == nil { fail(.unimplemented, "no method has this path") }
    if dialect.isJSON, method != nil, method?.contract == nil {
      fail(.unimplemented, "this method has no contract here to read JSON by")
    }
  }

  private func take(timeout text: String) {
    guard (1...10).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let milliseconds = Int(text)
    else { return fail(.invalidArgument, "connect-timeout-ms must be one to ten digits") }
    timeout = .milliseconds(milliseconds)
  }

  /// The call fails before it begins, whatever else is wrong with it.
  func refuse(_ failure: Failure) { self.failure = RPCError(failure) }

  private func fail(_ code: RPCError.Code, _ message: String) {
    failure = failure ?? RPCError(code: code, message: message)
  }

  /// When the caller stops waiting: a unary call waits no longer than the door does.
  func deadline(
    _ other: Duration?, _ configuration: GatewayConfiguration
  ) -> ContinuousClock.Instant? {
    let patience = method?.handler.isUnary == true ? configuration.requestTimeout : nil
    return [timeout, other, patience].compactMap { $0 }.min().map { .now + $0 }
  }
}
