import FoundationEssentials
import GeneratedTesting
import RPC

extension Grpc_Testing_Payload {
  /// The largest payload that is made, in bytes: a response has to fit into a message.
  static let limit: Int32 = 8 << 20

  /// Zeros.
  ///
  /// - Throws: `RPCError` with `.invalidArgument` for a length that nobody can make.
  static func zeros(_ count: Int32) throws -> Grpc_Testing_Payload {
    guard (0...limit).contains(count) else {
      throw RPCError(
        code: .invalidArgument, message: "a payload has between 0 and \(limit) bytes")
    }
    return .with { $0.body = Data(count: Int(count)) }
  }
}

extension Grpc_Testing_EchoStatus {
  /// Throws the status, where it is none of success. A code that gRPC does not have is UNKNOWN.
  func throwIfFailure(trailing: Metadata) throws {
    guard code != 0 else { return }
    let known = Status.Code(rawValue: Int(code)).flatMap(RPCError.Code.init)
    throw RPCError(code: known ?? .unknown, message: message, metadata: trailing)
  }
}
