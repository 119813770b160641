import GeneratedGoogle
import RPC
import SwiftProtobuf
import Testing

extension RPCError {
  /// The reason of the error's ErrorInfo.
  var reason: String? {
    guard let status = try? Google_Rpc_Status(serializedBytes: statusDetails) else { return nil }
    for detail in status.details {
      if let info = try? Google_Rpc_ErrorInfo(unpackingAny: detail), info.domain == "artel" {
        return info.reason
      }
    }
    return nil
  }
}

/// Expects a refusal with a code and a reason.
func expectRefusal(
  _ code: RPCError.Code, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> Void
) async {
  let error = await #expect(throws: RPCError.self, sourceLocation: sourceLocation) {
    try await body()
  }
  #expect(error?.code == code, sourceLocation: sourceLocation)
  #expect(error?.reason == reason, sourceLocation: sourceLocation)
}
