import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

extension HTTPPartnerClient {
  /// What a failed exchange says of the command. Only what certainly came before the request's
  /// first byte is `notSent`; everything else may have had its effect.
  static func reply(to error: any Error) -> PartnerReply {
    switch error {
    case is TimeLimitExceeded, is CancellationError: return .unclear(.timedOut)
    case is NIOConnectionError: return .notSent(.unreachable)
    case let error as IOError where error.errnoCode == ECONNREFUSED:
      return .notSent(.unreachable)
    case NIOSSLError.handshakeFailed: return .notSent(.unreachable)
    case is NIOSSLExtraError: return .notSent(.unreachable)
    case is NIOTooManyBytesError: return .unclear(.error(code: "answer_too_large"))
    case let error as HTTPClientError: return reply(to: error)
    default: return .unclear(.unreachable)
    }
  }

  private static func reply(to error: HTTPClientError) -> PartnerReply {
    switch error {
    case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
      .notSent(.unreachable)
    case .deadlineExceeded, .readTimeout, .writeTimeout, .cancelled: .unclear(.timedOut)
    default: .unclear(.unreachable)
    }
  }
}
