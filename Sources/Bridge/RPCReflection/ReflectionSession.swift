import FoundationEssentials
import GeneratedReflection
import RPC

/// One stream of questions: what was sent on it is not sent again.
struct ReflectionSession {
  private let catalogue: ReflectionCatalogue
  private var sent: Set<Int> = []

  init(_ catalogue: ReflectionCatalogue) { self.catalogue = catalogue }

  /// The answer to a question; a question that cannot be answered has an error for its answer, and
  /// the stream goes on.
  mutating func answer(_ request: Grpc_Reflection_V1_ServerReflectionRequest)
    -> Grpc_Reflection_V1_ServerReflectionResponse
  {
    var response = Grpc_Reflection_V1_ServerReflectionResponse()
    response.validHost = request.host
    response.originalRequest = request
    response.messageResponse = messageResponse(to: request.messageRequest)
    return response
  }

  private mutating func messageResponse(
    to request: Grpc_Reflection_V1_ServerReflectionRequest.OneOf_MessageRequest?
  ) -> Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse {
    let index = catalogue.index
    switch request {
    case .fileByFilename(let name):
      return files(from: index.file(named: name), or: "there is no file of this name")
    case .fileContainingSymbol(let symbol):
      return files(from: index.file(declaring: symbol), or: "no file declares this symbol")
    case .fileContainingExtension(let wanted):
      return files(
        from: index.file(extending: wanted.containingType, with: wanted.extensionNumber),
        or: "no file extends this type by this number")
    case .allExtensionNumbersOfType(let type):
      guard let numbers = index.extensionNumbers(of: type) else {
        return failure(.notFound, "there is no message type of this name")
      }
      return .allExtensionNumbersResponse(
        .with {
          $0.baseTypeName = type
          $0.extensionNumber = numbers
        })
    case .listServices:
      return .listServicesResponse(
        .with { $0.service = catalogue.services.map { name in .with { $0.name = name } } })
    case nil:
      return failure(.unimplemented, "the request asks nothing that is known here")
    }
  }

  /// A file and all that it imports, directly or not. The file itself comes first and always, as
  /// clients take the first one for the answer; the others only once on a stream.
  private mutating func files(from first: Int?, or reason: String)
    -> Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse
  {
    guard let first else { return failure(.notFound, reason) }
    let files = catalogue.index.files
    var answer = [files[first].bytes]
    // With a file everything that it imports was sent, so an import that was sent is not entered.
    var pending = sent.insert(first).inserted ? files[first].imports : []
    while let next = pending.popLast() {
      guard sent.insert(next).inserted else { continue }
      answer.append(files[next].bytes)
      pending += files[next].imports
    }
    return .fileDescriptorResponse(.with { $0.fileDescriptorProto = answer })
  }

  private func failure(_ code: RPCError.Code, _ message: String)
    -> Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse
  {
    .errorResponse(
      .with {
        $0.errorCode = Int32(code.rawValue)
        $0.errorMessage = message
      })
  }
}
