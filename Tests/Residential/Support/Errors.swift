import GeneratedGoogle
import RPC
import SwiftProtobuf
import Testing

extension RPCError {
  /// The error's ErrorInfo.
  var info: Google_Rpc_ErrorInfo? {
    guard let status = try? Google_Rpc_Status(serializedBytes: statusDetails) else { return nil }
    return status.details.lazy.compactMap { try? Google_Rpc_ErrorInfo(unpackingAny: $0) }.first
  }
}

/// Expects a refusal with a code and a reason, and returns its metadata.
@discardableResult
func expectRefusal(
  _ code: RPCError.Code, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> some Any
) async -> [String: String] {
  let error = await refusal(sourceLocation: sourceLocation, body)
  #expect(error?.code == code, sourceLocation: sourceLocation)
  #expect(error?.info?.reason == reason, sourceLocation: sourceLocation)
  return error?.info?.metadata ?? [:]
}

/// The refusal that a call gets, as the pipeline gives it to the caller.
func refusal(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> some Any
) async -> RPCError? {
  do {
    let result = try await body()
    Issue.record("not refused: \(result)", sourceLocation: sourceLocation)
    return nil
  } catch {
    return RPCError(hiding: error)
  }
}
