import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL

extension EgressError {
  /// What a failed exchange says.
  ///
  /// - Parameter hasBegun: Whether anything of the request may have been sent: then it may have had
  ///   its effect.
  init(exchange error: any Error, hasBegun: Bool) {
    if let error = error as? EgressError {
      self = error
    } else {
      self.init(Self.reason(error, hasBegun), isUnsent: !hasBegun)
    }
  }

  private static func reason(_ error: any Error, _ hasBegun: Bool) -> Reason {
    switch error {
    case is TimeLimitExceeded: return .timedOut
    case is CancellationError: return .cancelled
    // Whoever breaks off in the handshake says nothing of certificates.
    case NIOSSLError.handshakeFailed(.sslError(let stack)) where stack != [.eofDuringHandshake]:
      return .untrusted
    case is NIOSSLExtraError: return .untrusted
    case is NIOTooManyBytesError: return .answerTooLarge
    case is NIOHTTPDecompression.DecompressionError: return .answerTooLarge
    case is NIOHTTPDecompression.ExtraDecompressionError, is HTTPParserError: return .badAnswer
    case let error as IOError where !hasBegun && Self.isOurs(error.errnoCode): return .busy
    case let error as HTTPClientError:
      switch error {
      case .deadlineExceeded, .readTimeout, .writeTimeout: return .timedOut
      case .cancelled: return .cancelled
      case .alreadyShutdown: return .closed
      default: return hasBegun ? .broken : .unreachable
      }
    default: return hasBegun ? .broken : .unreachable
    }
  }

  /// Whether an error to connect says that this machine has no more descriptors, ports or memory.
  private static func isOurs(_ code: CInt) -> Bool {
    [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL].contains(code)
  }
}
