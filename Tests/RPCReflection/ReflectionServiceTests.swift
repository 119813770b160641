import Foundation
import GeneratedReflection
import RPC
import RPCReflection
import RPCTestSupport
import SwiftProtobuf
import TestSupport
import Testing

@Suite("The reflection service")
struct ReflectionServiceTests {
  typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
  typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

  /// Asks on one stream, each question when the one before is answered.
  private func ask(_ questions: [Request.OneOf_MessageRequest?]) async throws -> [Response] {
    let service = try ReflectionService(
      descriptorSet: try TestDescriptors.set(), services: ["top.v1.Tops", "Others"])
    return try await withServices([service]) { client, _, _ in
      try await Grpc_Reflection_V1_ServerReflection.Client(wrapping: client).serverReflectionInfo(
        requestProducer: { writer in
          for question in questions {
            try await writer.write(
              .with {
                $0.host = "host"
                $0.messageRequest = question
              })
          }
        },
        onResponse: { responses in
          var answers: [Response] = []
          for try await response in responses { answers.append(response) }
          return answers
        })
    }
  }

  /// The names of the files that answer each question.
  private func files(_ questions: [Request.OneOf_MessageRequest?]) async throws -> [[String]] {
    try await ask(questions).map { response in
      try response.fileDescriptorResponse.fileDescriptorProto.map {
        try Google_Protobuf_FileDescriptorProto(serializedBytes: $0).name
      }
    }
  }

  // MARK: What is asked

  @Test("lists the services served, and its own")
  func services() async throws {
    let answers = try await ask([.listServices("*")])
    #expect(
      answers.map { $0.listServicesResponse.service.map(\.name) } == [
        [
          "Others", "grpc.reflection.v1.ServerReflection",
          "grpc.reflection.v1alpha.ServerReflection", "top.v1.Tops",
        ]
      ])
  }

  @Test("sends back the question and the host that it was asked of")
  func echo() async throws {
    let answer = try await ask([.fileByFilename("base.proto")])[0]
    #expect(answer.validHost == "host")
    #expect(answer.originalRequest.host == "host")
    #expect(answer.originalRequest.fileByFilename == "base.proto")
  }

  @Test("sends a file byte for byte as it stands in the set")
  func bytes() async throws {
    let answer = try await ask([.fileByFilename("base.proto")])[0]
    let expected = try TestDescriptors.bytes(TestDescriptors.files[0])
    #expect(answer.fileDescriptorResponse.fileDescriptorProto == [Data(expected)])
  }

  @Test(
    "finds the file that declares a symbol of any kind",
    arguments: [
      ("base.v1.Thing", "base.proto"), ("base.v1.Thing.name", "base.proto"),
      ("base.v1.Thing.choice", "base.proto"), ("base.v1.Thing.Part", "base.proto"),
      ("base.v1.Thing.Part.weight", "base.proto"), ("base.v1.Thing.Kind", "base.proto"),
      ("base.v1.Thing.KIND_INNER", "base.proto"), ("base.v1.Color", "base.proto"),
      ("base.v1.COLOR_RED", "base.proto"), ("middle.v1.heavy", "middle.proto"),
      ("middle.v1.Holder.held", "middle.proto"), ("top.v1.Tops", "top.proto"),
      ("top.v1.Tops.Spin", "top.proto"), ("top.v1.Unserved", "top.proto"),
      ("Others", "other.proto"),
    ])
  func symbol(symbol: String, file: String) async throws {
    #expect(try await files([.fileContainingSymbol(symbol)])[0].first == file)
  }

  @Test("finds the file that extends a type by a number")
  func extensions() async throws {
    for number: Int32 in [100, 150, 200] {
      let question = Request.OneOf_MessageRequest.fileContainingExtension(
        .with {
          $0.containingType = "base.v1.Thing"
          $0.extensionNumber = number
        })
      #expect(try await files([question])[0].first == "middle.proto")
    }
  }

  @Test("tells the numbers of a type's extensions, and none of a type without")
  func numbers() async throws {
    let answers = try await ask(
      ["base.v1.Thing", "base.v1.Thing.Part"].map { .allExtensionNumbersOfType($0) })
    #expect(
      answers.map(\.allExtensionNumbersResponse.baseTypeName) == [
        "base.v1.Thing", "base.v1.Thing.Part",
      ])
    #expect(answers.map(\.allExtensionNumbersResponse.extensionNumber) == [[100, 150, 200], []])
  }

  // MARK: What comes with it

  @Test("sends with a file all that it imports, once")
  func closure() async throws {
    let names = try await files([.fileContainingSymbol("top.v1.Tops")])[0]
    #expect(names.first == "top.proto")
    #expect(names.sorted() == ["base.proto", "middle.proto", "top.proto"])
  }

  @Test("sends no import twice on a stream, but always the file that was asked for")
  func once() async throws {
    #expect(
      try await files([
        .fileByFilename("middle.proto"), .fileByFilename("top.proto"),
        .fileByFilename("other.proto"), .fileByFilename("base.proto"),
        .fileContainingSymbol("top.v1.Unserved"),
      ]) == [
        ["middle.proto", "base.proto"], ["top.proto"], ["other.proto"], ["base.proto"],
        ["top.proto"],
      ])
  }

  @Test("remembers what it sent for each stream alone")
  func streams() async throws {
    for _ in 0..<2 {
      #expect(try await files([.fileByFilename("other.proto")]) == [["other.proto", "base.proto"]])
    }
  }

  // MARK: What is not there

  @Test("answers NOT_FOUND to what is not there, and goes on")
  func missing() async throws {
    let missing: [Request.OneOf_MessageRequest] = [
      .fileByFilename("none.proto"), .fileContainingSymbol("base.v1.None"),
      .fileContainingSymbol("base.v1"), .fileContainingSymbol(""),
      .fileContainingExtension(
        .with {
          $0.containingType = "base.v1.Thing"
          $0.extensionNumber = 7
        }),
      .allExtensionNumbersOfType("base.v1.None"), .allExtensionNumbersOfType("base.v1.Color"),
    ]
    let answers = try await ask(missing + [.fileByFilename("base.proto")])
    #expect(
      answers.dropLast().map(\.errorResponse.errorCode)
        == missing.map { _ in
          Int32(RPCError.Code.notFound.rawValue)
        })
    #expect(answers.dropLast().allSatisfy { !$0.errorResponse.errorMessage.isEmpty })
    #expect(answers.last?.fileDescriptorResponse.fileDescriptorProto.count == 1)
  }

  @Test("answers UNIMPLEMENTED to a question that it does not know, and goes on")
  func unknown() async throws {
    let answers = try await ask([nil, .fileByFilename("base.proto")])
    #expect(answers[0].errorResponse.errorCode == Int32(RPCError.Code.unimplemented.rawValue))
    #expect(answers[1].fileDescriptorResponse.fileDescriptorProto.count == 1)
  }

  // MARK: The older version

  @Test("answers v1alpha just so")
  func alpha() async throws {
    let service = try ReflectionService(
      descriptorSet: try TestDescriptors.set(), services: ["Others"])
    try await withServices([service]) { client, _, _ in
      let alpha = Grpc_Reflection_V1alpha_ServerReflection.Client(wrapping: client)
      let answers = try await alpha.serverReflectionInfo(
        requestProducer: { writer in
          try await writer.write(.with { $0.fileContainingSymbol = "Others" })
          try await writer.write(.with { $0.fileByFilename = "none.proto" })
        },
        onResponse: { responses in
          var answers: [Grpc_Reflection_V1alpha_ServerReflectionResponse] = []
          for try await response in responses { answers.append(response) }
          return answers
        })
      #expect(answers.count == 2)
      #expect(answers[0].originalRequest.fileContainingSymbol == "Others")
      #expect(answers[0].fileDescriptorResponse.fileDescriptorProto.count == 2)
      #expect(answers[1].errorResponse.errorCode == Int32(RPCError.Code.notFound.rawValue))
    }
  }
}
