import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension EgressClient {
  /// Addresses of one name that are tried in one attempt.
  private static let mostAddresses = 3

  /// A failure that came sooner than this was perhaps another's: the end of one attempt to connect
  /// ends all requests that wait for a connection to that address.
  private static let ownFailure = Duration.seconds(1)

  /// Sends a request once, and reads the answer.
  func exchange(
    _ request: EgressRequest, _ url: EgressURL, _ destination: EgressDestination, _ number: Int,
    until expiry: ContinuousClock.Instant
  ) async -> Result<EgressResponse, EgressError> {
    let end = min(expiry, .now + destination.limits.attempt)
    guard end > .now else { return .failure(EgressError(.timedOut)) }
    guard places.take(destination.id) else { return .failure(EgressError(.busy)) }
    defer { places.give(destination.id) }
    do throws(EgressError) {
      let addresses = try await guards.addresses(of: url, for: destination.id, until: end)
      let keys = addresses.map { EgressConnections.Key(destination, url: url, address: $0) }
      var last = EgressError(.unresolved)
      // Where nothing could be sent to one address, the next one of the name may do.
      for key in connections.ordered(keys).prefix(Self.mostAddresses) {
        for isAgain in [false, true] where .now < end {
          let begin = ContinuousClock.now
          do throws(EgressError) {
            let response = try await attempt(request, url, destination, number, key, until: end)
            connections.note(key, isUnreachable: false)
            return .success(response)
          } catch {
            last = error
            guard last.isUnsent, [.unreachable, .busy].contains(last.reason) else {
              return .failure(last)
            }
            if isAgain || .now - begin >= Self.ownFailure { break }
          }
        }
        connections.note(key, isUnreachable: true)
      }
      return .failure(last)
    } catch {
      return .failure(error)
    }
  }

  /// Tries one address.
  private func attempt(
    _ request: EgressRequest, _ url: EgressURL, _ destination: EgressDestination, _ number: Int,
    _ key: EgressConnections.Key, until end: ContinuousClock.Instant
  ) async throws(EgressError) -> EgressResponse {
    let mark = connections.marks.open()
    let result: Result<EgressResponse, any Error>
    do {
      result = .success(
        try await connections.with(key) { client in
          try await Self.send(
            request, url, destination.limits, number, mark, client, until: end)
        })
    } catch {
      result = .failure(error)
    }
    let hasBegun = connections.marks.close(mark)
    switch result {
    case .success(let response): return response
    case .failure(let error): throw EgressError(exchange: error, hasBegun: hasBegun)
    }
  }

  private static func send(
    _ request: EgressRequest, _ url: EgressURL, _ limits: EgressLimits, _ number: Int,
    _ mark: UInt64, _ client: HTTPClient, until end: ContinuousClock.Instant
  ) async throws -> EgressResponse {
    var message = HTTPClientRequest(url: url.description)
    message.method = HTTPMethod(rawValue: request.method.rawValue)
    for (name, value) in request.headers { message.headers.add(name: name, value: value) }
    if let key = request.idempotencyKey {
      message.headers.replaceOrAdd(name: "idempotency-key", value: key)
    }
    message.headers.replaceOrAdd(name: "artel-attempt", value: "\(number)")
    message.headers.replaceOrAdd(name: RequestMarks.field, value: "\(mark)")
    message.headers.replaceOrAdd(name: "accept-encoding", value: "gzip")
    if let body = request.body { message.body = .bytes(body) }
    let whole = message
    let most = min(limits.answerBytes, mostAnswerBytes)
    // The whole exchange, body included, is over at its end; the head comes sooner.
    return try await withTimeLimit(until: end) {
      let response = try await client.execute(
        whole, deadline: .now() + .nanoseconds(limits.firstByte.inNanoseconds))
      let body = try await response.body.collect(upTo: most)
      var headers: [String: String] = [:]
      for (name, value) in response.headers where headers[name.lowercased()] == nil {
        headers[name.lowercased()] = value
      }
      return EgressResponse(
        status: Int(response.status.code), headers: headers, body: Array(body.readableBytesView),
        attempts: number)
    }
  }
}

extension Duration {
  /// Rounded down.
  fileprivate var inNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
