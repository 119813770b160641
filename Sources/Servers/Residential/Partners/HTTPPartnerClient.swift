import AsyncHTTPClient
import LibCrypto
import Logging
import NIOCore
import NIOHTTP1

/// Talks to partners over HTTP: JSON, a bearer token by client credentials (RFC 6749 section 4.4),
/// TLS verified, redirects not followed, answers up to 64 KiB.
struct HTTPPartnerClient: PartnerClient {
  private static let answerLimit = 64 << 10
  private static let tokenTimeout: Duration = .seconds(3)

  let http: HTTPClient
  let secrets: PartnerSecrets
  let addresses: PartnerAddressPolicy
  let logger: Logger
  let tokens = PartnerTokens()

  func open(_ order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply {
    let device = FormCoding.segment(order.route.deviceRef)
    var request = HTTPClientRequest(url: order.uri("devices/\(device)/open"))
    request.method = .POST
    request.headers.add(name: "content-type", value: "application/json")
    request.headers.add(name: "idempotency-key", value: order.key)
    let command = ResourceName.command(order.commandID)
    // Neither text has a character that JSON escapes: a UUID and a time.
    request.body = .bytes(
      Array(#"{"command":"\#(command)","deadline":"\#(order.deadline.rfc3339)"}"#.utf8))
    return await ask(request, order, until: expiry)
  }

  func state(of order: PartnerOrder, until expiry: ContinuousClock.Instant) async -> PartnerReply {
    let request = HTTPClientRequest(url: order.uri("commands/\(FormCoding.segment(order.key))"))
    let reply = await ask(request, order, until: expiry)
    // Here a refusal says nothing of the command; only 404 does.
    if case .refused(let code) = reply { return .unclear(.error(code: code)) }
    return reply
  }

  /// Sends a request with a token; once more with a new one where the partner no longer takes it,
  /// which it says before it does anything.
  private func ask(
    _ request: HTTPClientRequest, _ order: PartnerOrder, until expiry: ContinuousClock.Instant
  ) async -> PartnerReply {
    let endpoint = order.route.endpoint
    guard addresses.accepts(endpoint.baseURI), addresses.accepts(endpoint.tokenURI) else {
      return .notSent(.error(code: "address_not_allowed"))
    }
    var isFirst = true
    while true {
      let token: PartnerTokens.Token
      do throws(PartnerTokens.Failure) {
        token = try await tokens.token(for: endpoint, until: expiry) {
          await fetchToken(endpoint)
        }
      } catch {
        switch error {
        case .refused(let code): return .refused(code: code)
        case .problem(let problem): return .notSent(problem)
        }
      }
      var authorized = request
      authorized.headers.replaceOrAdd(name: "authorization", value: "Bearer \(token.value)")
      let answer: (status: UInt, body: [UInt8])
      do {
        answer = try await exchange(authorized, until: expiry)
      } catch {
        return Self.reply(to: error)
      }
      if answer.status == 401, isFirst {
        isFirst = false
        tokens.forget(token, for: endpoint)
        continue
      }
      return Self.reply(to: answer, isInquiry: request.method == .GET)
    }
  }

  private func exchange(
    _ request: HTTPClientRequest, until expiry: ContinuousClock.Instant
  ) async throws -> (status: UInt, body: [UInt8]) {
    // The whole exchange, body included, is over at the expiry.
    try await withTimeLimit(until: expiry) {
      let response = try await http.execute(request, timeout: .hours(1))
      let body = try await response.body.collect(upTo: Self.answerLimit)
      return (response.status.code, Array(body.readableBytesView))
    }
  }

  private static func reply(
    to answer: (status: UInt, body: [UInt8]), isInquiry: Bool
  ) -> PartnerReply {
    switch answer.status {
    case 200..<300:
      PartnerAnswer.state(answer.body).map { .state($0) } ?? .unclear(.error(code: "bad_answer"))
    case 404 where isInquiry: .unknownCommand
    case 400..<500: .refused(code: PartnerCode.code(status: answer.status, body: answer.body))
    // A redirect asks to go elsewhere: here nothing was done, and elsewhere nobody is trusted.
    case 300..<400: .refused(code: "http_\(answer.status)")
    default: .unclear(.error(code: "http_\(answer.status)"))
    }
  }

  private func fetchToken(
    _ endpoint: PartnerEndpoint
  ) async -> Result<PartnerTokens.Token, PartnerTokens.Failure> {
    let asked = ContinuousClock.now
    do {
      let secret = try secrets.open(
        endpoint.sealedSecret, tenantID: endpoint.tenantID, partnerID: endpoint.partnerID)
      var request = HTTPClientRequest(url: endpoint.tokenURI)
      request.method = .POST
      request.setBasicAuth(
        username: FormCoding.encode(endpoint.clientID), password: FormCoding.encode(secret))
      request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
      request.body = .bytes(Array("grant_type=client_credentials".utf8))
      let (status, body) = try await exchange(request, until: asked + Self.tokenTimeout)
      switch status {
      case 200..<300:
        guard let answer = TokenAnswer(body: body) else {
          return .failure(.problem(.error(code: "token_bad_answer")))
        }
        // A tenth of its life is left for requests on their way.
        let life = min(max(answer.expiresIn ?? 60, 0), 86_400)
        return .success(
          .init(value: answer.accessToken, usableUntil: asked + .seconds(life * 0.9)))
      case 300..<500:
        return .failure(.refused(code: PartnerCode.code(status: status, body: body)))
      default:
        return .failure(.problem(.error(code: "token_http_\(status)")))
      }
    } catch let error as CryptoError {
      logger.error(
        "partner secret unreadable",
        metadata: [
          "tenant": "\(endpoint.tenantID)", "partner": "\(endpoint.partnerID)",
          "why": "\(error)",
        ])
      return .failure(.refused(code: "secret_unreadable"))
    } catch {
      switch Self.reply(to: error) {
      case .unclear(let problem), .notSent(let problem): return .failure(.problem(problem))
      case .state, .refused, .unknownCommand: return .failure(.problem(.unreachable))
      }
    }
  }
}

extension PartnerOrder {
  fileprivate func uri(_ path: String) -> String {
    let base = route.endpoint.baseURI
    return base.hasSuffix("/") ? base + path : "\(base)/\(path)"
  }
}
