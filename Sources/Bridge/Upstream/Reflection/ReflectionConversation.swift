import GeneratedReflection
import RPC
import SwiftProtobuf

/// Questions to a server and their answers, one after the other.
struct ReflectionConversation {
  typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
  typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

  private let asking: AsyncStream<Request>.Continuation
  private var answers: RPCResponseStream<Response>.AsyncIterator

  init(
    _ asking: AsyncStream<Request>.Continuation,
    _ answers: RPCResponseStream<Response>.AsyncIterator
  ) {
    self.asking = asking
    self.answers = answers
  }

  /// The services, the files that declare them, and everything that these import.
  mutating func everything(known: [UInt8]) async throws -> ReflectedContracts {
    var files = FileCollection()
    var services: [String] = []
    var missing: [String] = []
    for service in try await listServices() {
      guard let described = try await self.files(.fileContainingSymbol(service)) else {
        missing.append(service)
        continue
      }
      services.append(service)
      try files.add(described)
    }
    let spare = try FileCollection.files(of: known)
    // An import that the server lacks may only hold options that nobody reads: it is no error here.
    while let name = files.nextMissing() {
      if let described = try await self.files(.fileByFilename(name)) {
        try files.add(described)
        guard files.contains(name) else {
          throw UpstreamError(
            .badAnswer, "the server was asked for \(name) and answered with other files")
        }
      } else if let file = spare[name] {
        try files.add([file])
      } else {
        files.giveUp(name)
        missing.append(name)
      }
    }
    return ReflectedContracts(
      descriptorSet: try files.descriptorSet(), services: services, missing: missing.sorted())
  }

  private mutating func listServices() async throws -> [String] {
    guard case .listServicesResponse(let list) = try await answer(.listServices("*")) else {
      throw UpstreamError(.badAnswer, "the server does not list its services")
    }
    return Set(list.service.map(\.name)).filter { !$0.hasPrefix("grpc.reflection.") }.sorted()
  }

  /// Serialized files; nil where the server does not know what it is asked for.
  private mutating func files(_ question: Request.OneOf_MessageRequest) async throws -> [[UInt8]]? {
    switch try await answer(question) {
    case .fileDescriptorResponse(let response):
      return response.fileDescriptorProto.map { [UInt8]($0) }
    case .errorResponse(let error) where error.errorCode == Status.Code.notFound.rawValue:
      return nil
    case .errorResponse(let error):
      throw UpstreamError(
        .failed, "the server does not answer (code \(error.errorCode)): \(error.errorMessage)")
    default:
      throw UpstreamError(.badAnswer, "the server answers another question")
    }
  }

  private mutating func answer(
    _ question: Request.OneOf_MessageRequest
  ) async throws -> Response.OneOf_MessageResponse? {
    asking.yield(.with { $0.messageRequest = question })
    guard let response = try await answers.next() else {
      throw UpstreamError(.failed, "the server ended the conversation")
    }
    return response.messageResponse
  }
}
