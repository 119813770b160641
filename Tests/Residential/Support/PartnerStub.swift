import Foundation
import NIOSSL
import Synchronization

/// A partner inside the test process, over real HTTP: token endpoint, open, status, and faults.
final class PartnerStub: Sendable {
  enum Endpoint: Hashable { case token, open, status }

  enum Fault: Sendable {
    /// Answers with this before any effect.
    case answer(Int, String)
    case redirect(Int, String)
    /// Breaks the connection off before any effect.
    case dropBeforeEffect
    /// Breaks the connection off after it.
    case dropAfterEffect
    /// Answers late, after the effect.
    case slow(Duration)
    /// Forgets every token, and refuses.
    case rejectToken
    /// Answers with this after the effect.
    case answerAfterEffect(Int, String)
  }

  struct Entry: Sendable {
    var device: String
    var body: String
    var state = "ACKNOWLEDGED"
    var openings = 0
  }

  private struct State {
    var faults: [Endpoint: [(fault: Fault, left: Int)]] = [:]
    var tokens: Set<String> = []
    var entries: [String: Entry] = [:]
    var requests: [StubRequest] = []
    var stateAtOpen = "ACKNOWLEDGED"
    var onEffect: (@Sendable (_ command: String) async -> Void)?
  }

  let clientID = "artel at partner"
  let clientSecret = "p%rt+ner:geheim"
  private let state = Mutex(State())
  private let server = Mutex<StubServer?>(nil)

  init() {}

  func start(tls: NIOSSLContext? = nil) async throws {
    let started = try await StubServer(tls: tls) { [self] in await answer($0) }
    server.withLock { $0 = started }
  }

  func stop() async throws {
    try await server.withLock { server in
      defer { server = nil }
      return server
    }?.stop()
  }

  var port: Int { server.withLock { $0?.port ?? 0 } }
  var baseURI: String { "http://127.0.0.1:\(port)/v1" }
  var tokenURI: String { "http://127.0.0.1:\(port)/oauth2/token" }

  /// Sets a fault for the next requests of an endpoint, behind the faults set before.
  func fail(_ endpoint: Endpoint, _ fault: Fault, times: Int = .max) {
    state.withLock { $0.faults[endpoint, default: []].append((fault, times)) }
  }

  /// Ends every fault.
  func heal() { state.withLock { $0.faults = [:] } }

  /// What `open` leaves: `ACKNOWLEDGED`, or `EXECUTED` at once.
  func opens(into state: String) { self.state.withLock { $0.stateAtOpen = state } }

  /// What to do between the effect and the answer.
  func onEffect(_ body: @escaping @Sendable (_ command: String) async -> Void) {
    state.withLock { $0.onEffect = body }
  }

  /// Changes what the partner says of a command.
  func set(_ key: String, _ state: String) {
    self.state.withLock { $0.entries[key, default: Entry(device: "", body: "")].state = state }
  }

  func entry(_ key: String) -> Entry? { state.withLock { $0.entries[key] } }
  var openings: Int { state.withLock { $0.entries.values.reduce(0) { $0 + $1.openings } } }
  var requests: [StubRequest] { state.withLock { $0.requests } }

  func count(_ endpoint: Endpoint) -> Int {
    requests.filter { Self.endpoint($0) == endpoint }.count
  }

  private static func endpoint(_ request: StubRequest) -> Endpoint? {
    if request.path == "/oauth2/token" { return .token }
    if request.path.hasPrefix("/v1/devices/") { return .open }
    return request.path.hasPrefix("/v1/commands/") ? .status : nil
  }

  private func answer(_ request: StubRequest) async -> StubReply? {
    guard let endpoint = Self.endpoint(request) else { return Self.error(404, "not_found") }
    let fault = state.withLock { state -> Fault? in
      state.requests.append(request)
      guard let first = state.faults[endpoint]?.first else { return nil }
      if first.left <= 1 {
        state.faults[endpoint]?.removeFirst()
      } else if first.left < .max {
        state.faults[endpoint]?[0].left -= 1
      }
      return first.fault
    }
    switch fault {
    case .answer(let status, let body): return StubReply(status: status, body: body)
    case .redirect(let status, let location):
      return StubReply(status: status, headers: [("location", location)], body: "")
    case .dropBeforeEffect: return nil
    case .rejectToken:
      state.withLock { $0.tokens = [] }
      return Self.error(401, "invalid_token")
    case .dropAfterEffect, .slow, .answerAfterEffect, nil: break
    }
    let reply = await effect(endpoint, request)
    switch fault {
    case .dropAfterEffect: return nil
    case .slow(let delay):
      // Cut short only by the end of the test.
      try? await Task.sleep(for: delay)
      return reply
    case .answerAfterEffect(let status, let body): return StubReply(status: status, body: body)
    default: return reply
    }
  }

  private func effect(_ endpoint: Endpoint, _ request: StubRequest) async -> StubReply {
    guard endpoint != .token else { return token(request) }
    let bearer = request.headers["authorization"]?.dropFirst("Bearer ".count)
    guard let bearer, state.withLock({ $0.tokens.contains(String(bearer)) }) else {
      return Self.error(401, "invalid_token")
    }
    let segments = request.path.split(separator: "/").map(String.init)
    if endpoint == .status {
      guard let entry = entry(segments[2]) else { return Self.error(404, "command_unknown") }
      return StubReply(body: #"{"state":"\#(entry.state)","failureCode":"jammed"}"#)
    }
    let key = request.headers["idempotency-key"] ?? ""
    let entry = state.withLock { state -> Entry? in
      let device = segments[2].removingPercentEncoding ?? ""
      var entry = state.entries[key] ?? Entry(device: device, body: request.body)
      guard entry.body == request.body, entry.device == device else { return nil }
      if entry.openings == 0 {
        entry.state = state.stateAtOpen
        entry.openings = 1
      }
      state.entries[key] = entry
      return entry
    }
    guard let entry else { return Self.error(422, "idempotency_key_reused") }
    await state.withLock { $0.onEffect }?("commands/\(key)")
    return StubReply(status: 202, body: #"{"id":"x","state":"\#(entry.state)"}"#)
  }

  private func token(_ request: StubRequest) -> StubReply {
    // RFC 6749 section 2.3.1: both parts are form-encoded before HTTP Basic.
    let pair = Data("artel+at+partner:p%25rt%2Bner%3Ageheim".utf8).base64EncodedString()
    guard request.method == "POST", request.headers["authorization"] == "Basic \(pair)",
      request.headers["content-type"] == "application/x-www-form-urlencoded",
      request.body == "grant_type=client_credentials"
    else { return StubReply(status: 401, body: #"{"error":"invalid_client"}"#) }
    let token = UUID().uuidString
    state.withLock { _ = $0.tokens.insert(token) }
    return StubReply(
      body: #"{"access_token":"\#(token)","token_type":"Bearer","expires_in":600}"#)
  }

  static func error(_ status: Int, _ code: String) -> StubReply {
    StubReply(status: status, body: #"{"error":{"code":"\#(code)"}}"#)
  }
}
