import Egress
import Logging
import Storage
import Telemetry

/// Talks to partners over HTTP: JSON or XML, a bearer token by client credentials (RFC 6749
/// section 4.4).
/// What every call of the platform to another system keeps to is the egress client's matter.
struct HTTPPartnerClient: PartnerClient {
  /// What breakers and metrics call what partners do.
  enum Operation: String {
    case open
    case state
  }

  let egress: EgressClient
  let tokens: AccessTokens
  let secrets: PartnerSecrets
  let logger: Logger

  init(egress: EgressClient, secrets: PartnerSecrets, logger: Logger) {
    self.egress = egress
    self.secrets = secrets
    self.logger = logger
    tokens = AccessTokens(client: egress)
  }

  func open(_ order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply {
    let device = FormCoding.segment(order.route.deviceRef)
    let command = ResourceName.command(order.commandID)
    let format = order.route.endpoint.format
    var request = EgressRequest(
      operation: Operation.open.rawValue, method: .post,
      url: order.uri("devices/\(device)/open"),
      headers: [(name: "content-type", value: format.mediaType)],
      body: format.encode(
        [(name: "command", value: command), (name: "deadline", value: order.deadline.rfc3339)],
        root: "open"),
      idempotencyKey: order.key)
    // Whether a command is sent again is decided by what its exchange has learnt.
    request.isRetried = false
    return await ask(request, order, until: expiry)
  }

  func state(of order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply {
    var request = EgressRequest(
      operation: Operation.state.rawValue,
      url: order.uri("commands/\(FormCoding.segment(order.key))"))
    request.isRetried = false
    let reply = await ask(request, order, until: expiry)
    // Here a refusal says nothing of the command; only 404 does.
    if case .refused(let code) = reply { return .unclear(.error(code: code)) }
    return reply
  }

  func pause(before route: PartnerRoute) -> Duration? {
    [Operation.open.rawValue, EgressClient.tokenOperation].compactMap {
      egress.breakers.pause(of: BreakerKey(destination: route.endpoint.id, operation: $0))
    }.max()
  }

  private func ask(
    _ request: EgressRequest, _ order: PartnerOrder, until expiry: ContinuousClock.Instant
  ) async -> PartnerReply {
    let endpoint = order.route.endpoint
    var request = request
    request.headers.append((name: "accept", value: endpoint.format.mediaType))
    if let trace = TraceScope.current {
      request.headers.append((name: "traceparent", value: trace.context.traceparent))
    }
    do {
      let destination = try await destination(of: endpoint)
      let response = try await egress.call(
        request, to: destination, with: credentials(of: endpoint, at: destination), from: tokens,
        until: expiry)
      return Self.reply(to: response, in: endpoint.format, isInquiry: request.method == .get)
    } catch let error as AccessTokenError {
      return reply(to: error, endpoint)
    } catch let error as EgressError {
      return error.reply
    } catch {
      // The client throws nothing else; if it did, the command may have gone out.
      return .unclear(.unreachable)
    }
  }

  private static func reply(
    to response: EgressResponse, in format: BodyFormat, isInquiry: Bool
  ) -> PartnerReply {
    switch response.status {
    case 200..<300:
      PartnerAnswer.state(response.body, in: format).map { .state($0) }
        ?? .unclear(.error(code: "bad_answer"))
    case 404 where isInquiry: .unknownCommand
    // The partner did not look at it: too late, too early, too much (RFC 9110 section 15.5.9, RFC
    // 8470 section 5.2, RFC 6585 section 4).
    case 408, 425, 429:
      .notSent(.error(code: "http_\(response.status)"), retryAfter: response.retryAfter)
    case 400..<500:
      .refused(
        code: PartnerCode.code(status: response.status, body: response.body, in: format))
    // These ask to send the same elsewhere: here nothing was done, and elsewhere nobody is trusted. The
    // other redirects may stand behind what was done (RFC 9110 section 15.4.4).
    case 301, 307, 308: .refused(code: "http_\(response.status)")
    default: .unclear(.error(code: "http_\(response.status)"))
    }
  }

  /// Without a token, nothing of the command was sent.
  private func reply(to error: AccessTokenError, _ endpoint: PartnerEndpoint) -> PartnerReply {
    switch error {
    case .refused(let status, let body):
      return .refused(code: PartnerCode.code(status: status, body: body))
    case .throttled(let status, let pause):
      return .notSent(.error(code: "token_http_\(status)"), retryAfter: pause)
    case .failed(let status): return .notSent(.error(code: "token_http_\(status)"))
    case .badAnswer: return .notSent(.error(code: "token_bad_answer"))
    case .unavailable(let error): return .notSent(error.problem)
    case .secretAway:
      logger.error(
        "partner secret out of reach",
        metadata: ["tenant": "\(endpoint.tenantID)", "partner": "\(endpoint.partnerID)"])
      return .notSent(.error(code: "secret_away"))
    case .secretUnreadable:
      logger.error(
        "partner secret unreadable",
        metadata: ["tenant": "\(endpoint.tenantID)", "partner": "\(endpoint.partnerID)"])
      return .refused(code: "secret_unreadable")
    }
  }

  /// The partner's own hosts, with the certificate that the platform shows there.
  private func destination(of endpoint: PartnerEndpoint) async throws -> EgressDestination {
    var destination = endpoint.destination
    destination.identity = try await Self.opened { try await secrets.identity(at: endpoint) }
    return destination
  }

  private func credentials(
    of endpoint: PartnerEndpoint, at destination: EgressDestination
  ) -> ClientCredentials {
    ClientCredentials(
      .init(
        destination: endpoint.id, tokenURL: endpoint.tokenURI, clientID: endpoint.clientID,
        version: endpoint.credentials.version),
      at: destination
    ) { [secrets] in
      try await Self.opened { try await secrets.proof(at: endpoint) }
    }
  }

  /// What was sealed, or why it cannot be read.
  private static func opened<Value>(
    _ open: () async throws -> Value
  ) async throws(AccessTokenError) -> Value {
    do {
      return try await open()
    } catch let error as AccessTokenError {
      throw error
    } catch let error where VaultError.isFinal(error) {
      throw AccessTokenError.secretUnreadable
    } catch {
      throw AccessTokenError.secretAway
    }
  }
}

extension EgressError {
  /// What a call without an answer says of the command.
  fileprivate var reply: PartnerReply { isUnsent ? .notSent(problem) : .unclear(problem) }

  fileprivate var problem: PartnerProblem {
    switch reason {
    case .timedOut, .cancelled: .timedOut
    case .answerTooLarge: .error(code: "answer_too_large")
    case .breakerOpen: .error(code: "breaker_open")
    case .busy: .error(code: "busy")
    // Whoever registered the name is not told whether it leads inside or nowhere.
    case .addressForbidden: .unreachable
    case _ where isRefusal: .error(code: "address_not_allowed")
    default: .unreachable
    }
  }
}

extension PartnerEndpoint {
  /// What breakers and budgets are kept by.
  var id: EgressDestination.ID { .init(purpose: .partner, tenantID: tenantID, name: partnerID) }

  /// The partner's own hosts: that of its interface and that of its tokens.
  var destination: EgressDestination {
    EgressDestination(
      id, authorities: Set([baseURI, tokenURI].compactMap { EgressURL($0)?.authority }))
  }
}

extension PartnerOrder {
  fileprivate func uri(_ path: String) -> String {
    let base = route.endpoint.baseURI
    return base.hasSuffix("/") ? base + path : "\(base)/\(path)"
  }
}
