import FoundationEssentials

/// A token and how long to use it.
public struct AccessToken: Sendable, Hashable {
  /// As it goes into the header.
  public let value: String
  /// Sooner than its end: requests are on their way for a while.
  public let usableUntil: ContinuousClock.Instant
}

/// Why there is no token. Nothing of the call that wanted it was sent.
public enum AccessTokenError: Error, Sendable, Hashable {
  /// The endpoint refused, or sent us elsewhere.
  case refused(status: Int, body: [UInt8])
  /// The endpoint has no time for us now, and says when it may have.
  case throttled(status: Int, retryAfter: Duration?)
  /// The endpoint is broken.
  case failed(status: Int)
  /// The answer has no bearer token.
  case badAnswer
  /// There was no answer.
  case unavailable(EgressError)
  /// The platform's own secret cannot be read, now or later.
  case secretUnreadable
  /// Where the platform keeps its own secret is out of reach now.
  case secretAway
}

/// The answer of a token endpoint (RFC 6749 section 5.1).
struct TokenAnswer: Decodable {
  let accessToken: String
  let tokenType: String
  let expiresIn: Double?

  private enum CodingKeys: String, CodingKey {
    case accessToken = "access_token"
    case tokenType = "token_type"
    case expiresIn = "expires_in"
  }

  /// Reads a body; nil unless it has a bearer token that fits into a header (RFC 6750 section 2.1).
  init?(body: [UInt8]) {
    guard let answer = try? JSONDecoder().decode(TokenAnswer.self, from: Data(body)),
      answer.tokenType.lowercased() == "bearer", !answer.accessToken.isEmpty,
      answer.accessToken.utf8.allSatisfy({ 0x21...0x7e ~= $0 })
    else { return nil }
    self = answer
  }

  /// A tenth of its life, and a second at least, is left for requests on their way.
  func token(asked: ContinuousClock.Instant) -> AccessToken {
    let life = min(max(expiresIn ?? 60, 0), 86_400)
    return AccessToken(
      value: accessToken, usableUntil: asked + .seconds(max(0, min(life * 0.9, life - 1))))
  }
}
