import GeneratedReflection
import RPC
import SwiftProtobuf

/// A server of reflection that says what a test wants it to say.
enum ReflectionServer {
  typealias Question = Grpc_Reflection_V1_ServerReflectionRequest.OneOf_MessageRequest
  typealias Answer = Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse

  /// - Parameter answer: What is said; nil ends the conversation.
  static func method(
    _ answer: @escaping @Sendable (Question?) throws -> Answer?
  ) -> RegisteredMethod {
    var router = RPCRouter()
    router.registerBidirectionalStreaming(
      Grpc_Reflection_V1_ServerReflection.Method.ServerReflectionInfo.descriptor,
      request: Grpc_Reflection_V1_ServerReflectionRequest.self,
      response: Grpc_Reflection_V1_ServerReflectionResponse.self,
      handler: { requests, responses, _ in
        for try await request in requests {
          guard let answer = try answer(request.messageRequest) else { return }
          try await responses.write(.with { $0.messageResponse = answer })
        }
      })
    return router.methods[0]
  }

  /// A server of the service `a.A` whose files are these; the first declares the service.
  static func method(files: [Google_Protobuf_FileDescriptorProto]) -> RegisteredMethod {
    method { question in
      switch question {
      case .listServices: services(["a.A"])
      case .fileContainingSymbol: try described(files[0])
      case .fileByFilename(let name):
        try files.first { $0.name == name }.map { try described($0) } ?? error(.notFound)
      default: error(.unimplemented)
      }
    }
  }

  static func services(_ names: [String]) -> Answer {
    .listServicesResponse(.with { $0.service = names.map { name in .with { $0.name = name } } })
  }

  static func described(_ files: Google_Protobuf_FileDescriptorProto...) throws -> Answer {
    let bytes = try files.map { try $0.serializedData() }
    return .fileDescriptorResponse(.with { $0.fileDescriptorProto = bytes })
  }

  static func error(_ code: Status.Code) -> Answer {
    .errorResponse(
      .with {
        $0.errorCode = Int32(code.rawValue)
        $0.errorMessage = "no"
      })
  }

  static func file(_ name: String, imports: String...) -> Google_Protobuf_FileDescriptorProto {
    .with {
      $0.name = name
      $0.dependency = imports
    }
  }
}
