import Foundation
import GeneratedDescriptors
import RPC
import RPCReflection
import RPCTestSupport
import SwiftProtobuf
import TestSupport
import Testing
import Transcoding

@testable import Upstream

@Suite("Contracts by reflection") struct ReflectionTests {
  private func contracts(
    _ methods: [RegisteredMethod], known: [UInt8] = []
  ) async throws -> ReflectedContracts {
    try await withMethods(methods) { client, _, _ in
      try await Upstream.contracts(reflecting: client, known: known)
    }
  }

  private func names(_ contracts: ReflectedContracts) throws -> [String] {
    try Google_Protobuf_FileDescriptorSet(serializedBytes: contracts.descriptorSet).file.map(\.name)
  }

  private func expect(
    _ code: UpstreamError.Code, from method: RegisteredMethod,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let error = await #expect(throws: UpstreamError.self, sourceLocation: sourceLocation) {
      try await contracts([method])
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
  }

  // MARK: What a server has

  @Test("are read in both versions, and are a schema", arguments: ["v1", "v1alpha"])
  func versions(_ version: String) async throws {
    var router = RPCRouter()
    router.register(
      try ReflectionService(
        descriptorSet: ArtelDescriptors.descriptorSet,
        services: ["artel.auth.v1.TokenService", "artel.tenancy.v1.TenantService"]))
    let methods = router.methods.filter {
      $0.descriptor.service.fullyQualifiedService.contains(".\(version).")
    }
    try #require(methods.count == 1)
    let read = try await contracts(methods)
    #expect(read.services == ["artel.auth.v1.TokenService", "artel.tenancy.v1.TenantService"])
    #expect(read.missing.isEmpty)
    let schema = try Schema(descriptorSet: read.descriptorSet)
    let policies = schema.methods.filter { $0.policy != nil }
    #expect(!policies.isEmpty, "options came with the files")
    #expect(try await contracts(methods) == read)
  }

  @Test("come as a descriptor set alone, too")
  func descriptorSet() async throws {
    let method = ReflectionServer.method(files: [ReflectionServer.file("a.proto")])
    let set = try await withMethods([method]) { client, _, _ in
      try await Upstream.descriptorSet(reflecting: client)
    }
    #expect(
      try Google_Protobuf_FileDescriptorSet(serializedBytes: set).file.map(\.name) == ["a.proto"])
  }

  @Test("have each file once, behind all that it imports")
  func imports() async throws {
    let read = try await contracts([
      ReflectionServer.method(files: [
        ReflectionServer.file("a.proto", imports: "b.proto", "c.proto"),
        ReflectionServer.file("b.proto", imports: "d.proto"),
        ReflectionServer.file("c.proto", imports: "b.proto", "d.proto"),
        ReflectionServer.file("d.proto"),
      ])
    ])
    #expect(try names(read) == ["d.proto", "b.proto", "c.proto", "a.proto"])
  }

  @Test("lack what the server lacks, and say so")
  func missing() async throws {
    let method = ReflectionServer.method { question in
      switch question {
      case .listServices: ReflectionServer.services(["a.A", "b.B"])
      case .fileContainingSymbol("a.A"):
        try ReflectionServer.described(
          ReflectionServer.file("a.proto", imports: "gone.proto", "google/api/http.proto"))
      default: ReflectionServer.error(.notFound)
      }
    }
    let read = try await contracts([method])
    #expect(read.services == ["a.A"])
    #expect(read.missing == ["b.B", "gone.proto", "google/api/http.proto"])

    let known =
      try Google_Protobuf_FileDescriptorSet.with {
        $0.file = [ReflectionServer.file("google/api/http.proto")]
      }.serializedBytes() as [UInt8]
    let helped = try await contracts([method], known: known)
    #expect(helped.missing == ["b.B", "gone.proto"])
    #expect(try names(helped) == ["google/api/http.proto", "a.proto"])
  }

  // MARK: What is no answer

  @Test("are not had of a server without reflection")
  func noReflection() async {
    let error = await #expect(throws: UpstreamError.self) { try await contracts([]) }
    #expect(error?.code == .noReflection)
  }

  @Test("are not had of a server that is not there")
  func unreachable() async {
    let client = RPCClient(configuration: ClientConfiguration(target: "127.0.0.1:1"))
    let error = await #expect(throws: UpstreamError.self) {
      try await Upstream.contracts(reflecting: client, timeout: .milliseconds(200))
    }
    #expect(error?.code == .failed)
  }

  @Test("never import themselves")
  func cycle() async {
    await expect(
      .importCycle,
      from: ReflectionServer.method(files: [
        ReflectionServer.file("a.proto", imports: "b.proto"),
        ReflectionServer.file("b.proto", imports: "a.proto"),
      ]))
    await expect(
      .importCycle,
      from: ReflectionServer.method(files: [ReflectionServer.file("a.proto", imports: "a.proto")]))
  }

  @Test("are not what a server answers to other questions")
  func otherAnswers() async {
    await expect(.badAnswer, from: ReflectionServer.method { _ in ReflectionServer.error(.ok) })
    await expect(
      .badAnswer, from: ReflectionServer.method { _ in ReflectionServer.services(["a.A"]) })
    await expect(
      .badAnswer,
      from: ReflectionServer.method { question in
        if case .listServices = question { return ReflectionServer.services(["a.A"]) }
        return try ReflectionServer.described(ReflectionServer.file("a.proto", imports: "b.proto"))
      })
  }

  @Test("are not what is no file")
  func noFiles() async {
    for bytes in [Data([0xFF]), Data()] {
      await expect(
        .badAnswer,
        from: ReflectionServer.method { question in
          if case .listServices = question { return ReflectionServer.services(["a.A"]) }
          return .fileDescriptorResponse(.with { $0.fileDescriptorProto = [bytes] })
        })
    }
  }

  @Test("are not had where the server refuses or ends the conversation")
  func refusal() async {
    await expect(
      .failed,
      from: ReflectionServer.method { question in
        if case .listServices = question { return ReflectionServer.services(["a.A"]) }
        return ReflectionServer.error(.permissionDenied)
      })
    await expect(.failed, from: ReflectionServer.method { _ in nil })
    await expect(
      .failed,
      from: ReflectionServer.method { _ in
        throw RPCError(code: .unauthenticated, message: "who are you")
      })
  }

  @Test("are taken up to a limit")
  func limits() throws {
    var few = FileCollection(limits: .init(files: 1))
    let files = try ["a", "b"].map { try ReflectionServer.file($0).serializedBytes() as [UInt8] }
    let tooMany = #expect(throws: UpstreamError.self) { try few.add(files) }
    #expect(tooMany?.code == .tooLarge)
    var small = FileCollection(limits: .init(bytes: 3))
    let tooLarge = #expect(throws: UpstreamError.self) { try small.add(files) }
    #expect(tooLarge?.code == .tooLarge)
    var twice = FileCollection()
    try twice.add([files[0], files[0]])
    #expect(try twice.descriptorSet().count == files[0].count + 2)
  }

  @Test("can import each other as deep as they like")
  func depth() throws {
    var files = FileCollection()
    for index in 0..<9_999 {
      try files.add([
        try ReflectionServer.file("\(index)", imports: "\(index + 1)").serializedBytes()
      ])
    }
    let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: try files.descriptorSet())
    #expect(set.file.count == 9_999)
    #expect(set.file.first?.name == "9998")
  }

  @Test("that are known besides must be a descriptor set")
  func badKnown() throws {
    #expect(throws: UpstreamError.self) { try FileCollection.files(of: [0xFF]) }
  }
}
