/// The header fields that the gateway reads itself, found by their length first: most fields of most
/// requests are compared with two names at most.
enum KnownField {
  case host, authorization, accept, acceptEncoding, acceptLanguage, contentType, contentEncoding
  case contentRange
  /// What ends the request: `Content-Length` and `Transfer-Encoding`.
  case framing
  case expect, connection, upgrade, grpcTimeout, serverTimeout, lastEventID
  case ifMatch, ifNoneMatch, idempotencyKey, origin, requestMethod, requestHeaders
  case traceParent, traceState, cookie
  /// Whether the caller takes trailers.
  case te
  /// Whom a proxy speaks for.
  case forwardedFor

  /// - Parameter key: A name in lower case.
  init?(_ key: String) {
    switch key.utf8.count {
    case 2 where key == "te": self = .te
    case 4 where key == "host": self = .host
    case 6: self.init(six: key)
    case 7 where key == "upgrade": self = .upgrade
    case 8 where key == "if-match": self = .ifMatch
    case 10: self.init(ten: key)
    case 11 where key == "traceparent": self = .traceParent
    case 12: self.init(twelve: key)
    case 13: self.init(thirteen: key)
    case 14 where key == "content-length": self = .framing
    case 15: self.init(fifteen: key)
    case 16: self.init(sixteen: key)
    case 17 where key == "transfer-encoding": self = .framing
    case 29 where key == "access-control-request-method": self = .requestMethod
    case 30 where key == "access-control-request-headers": self = .requestHeaders
    default: return nil
    }
  }

  private init?(six key: String) {
    switch key {
    case "accept": self = .accept
    case "origin": self = .origin
    case "expect": self = .expect
    case "cookie": self = .cookie
    default: return nil
    }
  }

  private init?(ten key: String) {
    switch key {
    case "connection": self = .connection
    case "tracestate": self = .traceState
    default: return nil
    }
  }

  private init?(twelve key: String) {
    switch key {
    case "content-type": self = .contentType
    case "grpc-timeout": self = .grpcTimeout
    default: return nil
    }
  }

  private init?(thirteen key: String) {
    switch key {
    case "authorization": self = .authorization
    case "content-range": self = .contentRange
    case "if-none-match": self = .ifNoneMatch
    case "last-event-id": self = .lastEventID
    default: return nil
    }
  }

  private init?(fifteen key: String) {
    switch key {
    case "accept-encoding": self = .acceptEncoding
    case "accept-language": self = .acceptLanguage
    case "idempotency-key": self = .idempotencyKey
    case "x-forwarded-for": self = .forwardedFor
    default: return nil
    }
  }

  private init?(sixteen key: String) {
    switch key {
    case "content-encoding": self = .contentEncoding
    case "x-server-timeout": self = .serverTimeout
    default: return nil
    }
  }
}
